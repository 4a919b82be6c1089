import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bridgeKey } from "../support/build-event.ts";
import { type BridgeProcess, startBridge } from "./support/bridge-process.ts";
import { sometime, until } from "./support/kill-test.ts";
import { startWatchingAdapter, type WatchingAdapter } from "./support/watching-adapter.ts";

const dns = 400;
const perEnvelope = 7;
const gone = ["7013", "7399"];
const Sent = v.object({ ThisDN: v.string(), ReferenceID: v.number() });

const iso = (secondsAgo: number): string => new Date(Date.now() - secondsAgo * 1000).toISOString();

/** Envelopes in which a session registers every DN but those that are gone; its number is each ReferenceID. */
const sessionLines = (session: number, lost: readonly string[]): string[] => {
  const startedAt = iso(1_000 - session * 100);
  const events = Array.from({ length: dns }, (_, dn) => String(7_000 + dn))
    .filter((dn) => !lost.includes(dn))
    .map((dn) => {
      const info = { ReferenceID: session, InfoType: 8, Extensions: {} };
      return { Event: "EventRegistered", ThisDN: dn, time: iso(999 - session * 100), ...info };
    });
  const count = Math.ceil(events.length / perEnvelope);
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      serverName: "A",
      session: { id: `s${session}`, startedAt },
      registered: index * perEnvelope,
      events: events.slice(index * perEnvelope, (index + 1) * perEnvelope),
    }),
  );
};

let adapter: WatchingAdapter;
let folder = "";
let bridge: BridgeProcess | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kill-in-sessions-"));
  adapter = await startWatchingAdapter();
});
afterEach(async () => {
  await bridge?.kill();
  adapter.close();
  rmSync(folder, { recursive: true, force: true });
});

it("loses no DN but those that were not registered again, though the bridge is killed again and again", async () => {
  const file = join(folder, "events.ndjson");
  writeFileSync(file, "");
  const args = ["--url", adapter.url, "--spool", join(folder, "spool"), "--follow", file];
  const start = (): BridgeProcess => startBridge(args, { BRIDGE_KEY: bridgeKey().key });
  for (const session of [1, 2, 3]) {
    bridge = start();
    appendFileSync(file, `${sessionLines(session, session === 3 ? gone : []).join("\n")}\n`);
    await sometime(400, 1_000);
    await bridge.kill();
  }
  bridge = start();
  appendFileSync(file, '{"serverName":"A","closing":true}\n');
  await until(() => adapter.connection("A")?.closedAt !== undefined);
  expect(adapter.stale()).toEqual(gone);
  expect(adapter.connection("A")?.session?.id).toBe("s3");
  // Nothing reordered, and nothing in another session than it was read in.
  let newest = 1;
  for (const { session, events } of adapter.bodies())
    for (const { ReferenceID } of v.parse(v.array(Sent), events)) {
      expect(session).toMatchObject({ id: `s${ReferenceID}` });
      expect(ReferenceID).toBeGreaterThanOrEqual(newest);
      newest = ReferenceID;
    }
  expect(newest).toBe(3);
});
