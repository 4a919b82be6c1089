import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createInMemoryStore } from "../support/in-memory-store.ts";
import { type AdapterStore, createAdapterServer } from "./support/adapter-server.ts";
import { startBridge } from "./support/bridge-process.ts";

const fixture = (name: string): string => join(import.meta.dirname, "../fixtures", name);

describe("each fixture goes in through the bridge and comes out the same", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "fixtures-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const send = async (name: string, args: readonly string[] = []) => {
    const store = createInMemoryStore();
    const rejected: string[] = [];
    const keeping: AdapterStore = { ...store, keepRejected: (text) => rejected.push(text) };
    const server: Server = createAdapterServer(keeping).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    const spool = join(folder, name);
    const options = ["--url", url, "--spool", spool, "--server-name", "SIPTS750"];
    const bridge = startBridge([...options, "--allow-remote", ...args, fixture(name)]);
    const code = await bridge.exit;
    server.close();
    const rows = [...store.history.values()].map(({ receivedAt: _, outcome: __, ...row }) => row);
    return { code, rejected, rows, stdout: bridge.stdout(), statuses: store.statuses };
  };

  it("whatever its spelling and form", async () => {
    const expected = await send("reference-names.ndjson");
    expect(expected.rows).toHaveLength(6);
    expect(expected.rows.every(({ sequenceNumber }) => (sequenceNumber ?? 0) > 4000)).toBe(true);
    const others = [
      "reference-names-array.json",
      "envelope.json",
      "platform-sdk-json.ndjson",
      "t-library-names.ndjson",
      "cloudevents.ndjson",
      "platform-sdk-java.log",
      "platform-sdk-dotnet.log",
      "t-server.log",
    ];
    for (const name of others) {
      const args = name === "t-server.log" ? ["--application", "bridge-a"] : [];
      const { code, rejected, rows, stdout } = await send(name, args);
      expect([name, code, rejected]).toEqual([name, 0, []]);
      expect(stdout).toContain("6 events:");
      // What is only kept, not understood, is spelled as it came.
      const known = ({ other: _, ...row }: (typeof rows)[number]) => row;
      expect([name, rows.map(known)]).toEqual([name, expected.rows.map(known)]);
    }
  });

  it("and of a log says which DNs were lost, when and why", async () => {
    const { stdout } = await send("t-server.log", ["--application", "bridge-a"]);
    expect(stdout).toContain(`lost unexpectedly, 1 time:
  2026-11-18T08:38:12.950910Z  SIPTS750 7001  DN is not configured in CME (59)  back 2026-11-18T08:53:12.125000Z
6 events: `);
  });
});
