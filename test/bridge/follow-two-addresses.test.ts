import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { follow } from "./support/follow.ts";
import { startWatchingAdapter, type WatchingAdapter } from "./support/watching-adapter.ts";

let folder = "";
let first: WatchingAdapter;
let second: WatchingAdapter;
let aheadMs = 0;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "follow-two-"));
  aheadMs = 0;
  const { now } = Date;
  vi.spyOn(Date, "now").mockImplementation(() => now() + aheadMs);
  [first, second] = [await startWatchingAdapter(), await startWatchingAdapter()];
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const adapter of [first, second]) adapter.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = () => {
  const file = join(folder, "events.ndjson");
  writeFileSync(file, "");
  const write = (ThisDN: string): void => {
    const time = new Date(Date.now()).toISOString();
    const event = { Event: "EventUnregistered", ServerName: "A", ThisDN, time, ErrorCode: 59 };
    appendFileSync(file, `${JSON.stringify(event)}\n`);
  };
  const addresses = { url: first.url, secondUrl: second.url };
  return { write, ...follow({ ...addresses, file, spool: join(folder, "spool") }) };
};
const taken = (adapter: WatchingAdapter, count: number) =>
  expect.poll(() => adapter.bodies().length, { timeout: 5_000 }).toBe(count);
const changeovers = (notes: readonly string[]) =>
  notes.filter((note) => note.includes("changing over to"));

it("events and heartbeats go where the last changeover led, and each one is said", async () => {
  const { write, terminal, end } = start();
  write("1");
  await expect.poll(() => terminal.printed).toHaveLength(1);
  first.close();
  aheadMs += 31_000;
  // This heartbeat is lost, and finds that the address fails.
  await expect.poll(() => changeovers(terminal.noted)).toHaveLength(1);
  write("2");
  await expect.poll(() => terminal.printed).toHaveLength(2);
  aheadMs += 31_000;
  await taken(second, 2);
  expect(second.heartbeats()).toEqual([{ serverName: "A", events: [] }]);
  expect(await end()).toBe(0);
  expect(second.heartbeats().at(-1)).toEqual({ serverName: "A", closing: true, events: [] });
  const [line = "", ...others] = changeovers(terminal.noted);
  expect(others).toEqual([]);
  expect(line).toMatch(`${first.url}: no heartbeat of A: no answer (`);
  expect(line).toMatch(new RegExp(`changing over to ${second.url}$`));
  expect(terminal.noted[0]).toMatch(`to ${first.url}, else ${second.url} (the local stack) as`);
});

it("a planned stop is announced to another address where the one in use is dead", async () => {
  const { terminal, end } = start();
  aheadMs += 31_000;
  await taken(first, 1);
  first.close();
  expect(await end()).toBe(0);
  expect(second.bodies()).toEqual([{ closing: true, events: [] }]);
  expect(changeovers(terminal.noted)).toHaveLength(1);
});
