import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSpool } from "../../bridge/spool/spool.ts";
import { follow } from "./support/follow.ts";
import { startWatchingAdapter, type WatchingAdapter } from "./support/watching-adapter.ts";

const line = (minute: number): string =>
  `${JSON.stringify({
    Event: "EventUnregistered",
    ServerName: "S",
    ThisDN: String(minute),
    time: `2025-11-18T08:0${minute}:00Z`,
  })}\n`;

describe("a bridge whose file was removed unread", () => {
  let adapter: WatchingAdapter;
  let folder = "";
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "follow-gaps-"));
    adapter = await startWatchingAdapter();
  });
  afterEach(() => {
    adapter.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const file = (): string => join(folder, "events.ndjson");
  const spool = (): string => join(folder, "spool");
  const start = () => follow({ url: adapter.url, file: file(), spool: spool() });
  const missing = "events from 2025-11-18T08:01:00Z to 2025-11-18T08:04:00Z may be missing";

  it("says which time is missing when it finds that and at its end, and ends with 3, once", async () => {
    writeFileSync(file(), line(1));
    const first = start();
    await expect.poll(() => adapter.bodies().length).toBe(1);
    expect(await first.end()).toBe(0);
    rmSync(file());
    writeFileSync(file(), line(4));
    const bodies = adapter.bodies().length;
    const second = start();
    await expect.poll(() => adapter.bodies().length).toBe(bodies + 1);
    expect(await second.end()).toBe(3);
    const said = second.terminal.noted.filter((text) =>
      text.replaceAll("\n", " ").includes(missing),
    );
    expect(said).toHaveLength(2);
    expect(await start().end()).toBe(0);
  });

  it("ends with 3 where an earlier run was killed before it could say so", async () => {
    writeFileSync(file(), line(4));
    const killed = openSpool(spool());
    const gap = { from: "2025-11-18T08:01:00Z", to: "2025-11-18T08:04:00Z", why: "it is gone" };
    killed.append([], {
      file: file(),
      generations: [],
      forgotten: [],
      gaps: [JSON.stringify(gap)],
    });
    killed.close();
    const run = start();
    await expect.poll(() => adapter.bodies().length).toBe(1);
    expect(await run.end()).toBe(3);
    expect(run.terminal.noted.join("\n").replaceAll("\n", " ")).toContain(`${missing}: it is gone`);
    expect(await start().end()).toBe(0);
  });
});
