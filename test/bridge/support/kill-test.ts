import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { type Adapter, createAdapter } from "./adapter.ts";
import { type BridgeProcess, startBridge } from "./bridge-process.ts";
import { decidedBy, endStateOf, manyCount, manyEvents } from "./many-events.ts";
import { mountSmallDisk } from "./small-disk.ts";

/** The T-Server of the kill tests. */
export const serverName = "SIPTS750";

/** A folder with an input of so many events, and an adapter to send them to. */
export const createKillTest = async (count = manyCount) => {
  const folder = mkdtempSync(join(tmpdir(), "kill-test-"));
  const lines = manyEvents(count);
  const file = join(folder, "events.ndjson");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const spool = join(folder, "spool");
  mkdirSync(spool);
  const adapter = await createAdapter(folder);
  const bridges: BridgeProcess[] = [];
  let disk: ReturnType<typeof mountSmallDisk>;
  return {
    folder,
    lines,
    file,
    spool,
    adapter,
    args: (url = adapter.url) => ["--url", url, "--server-name", serverName, "--spool", spool],
    startBridge: (args: readonly string[]): BridgeProcess => {
      const bridge = startBridge(args);
      bridges.push(bridge);
      return bridge;
    },
    /** A folder on a disk of so many megabytes; undefined where the test may not mount one. */
    mountDisk: (megabytes: number): string | undefined => {
      disk = mountSmallDisk(join(folder, "disk"), megabytes);
      return disk?.folder;
    },
    end: async (): Promise<void> => {
      for (const bridge of bridges) await bridge.kill();
      disk?.unmount();
      await adapter.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Waits until something is so; fails after `seconds`. */
export const until = async (isSo: () => boolean, seconds = 60): Promise<void> => {
  const end = Date.now() + seconds * 1000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`not so after ${seconds} s: ${isSo}`);
    await wait(50);
  }
};

/** Between two numbers of milliseconds, at random: a kill may come at any time. */
export const sometime = (from: number, to: number): Promise<void> =>
  wait(from + Math.random() * (to - from));

/** How many events came before one of the same DN that the T-Server had made earlier. */
const reordered = (adapter: Adapter): number => {
  const newest = new Map<string, number>();
  let count = 0;
  for (const { thisDN, time } of adapter.arrivals()) {
    if (time < (newest.get(thisDN) ?? 0)) count += 1;
    newest.set(thisDN, time);
  }
  return count;
};

/** Nothing lost, nothing twice, nothing reordered for one DN; the state is the one that the input leads to. */
export const expectAll = async (lines: readonly string[], adapter: Adapter): Promise<void> => {
  const expected = await endStateOf(lines, serverName);
  expect(adapter.historySize()).toBe(expected.historySize);
  expect(expected.historySize).toBe(lines.length);
  expect(reordered(adapter)).toBe(0);
  expect(decidedBy(adapter.statuses())).toEqual(expected.statuses);
};
