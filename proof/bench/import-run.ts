import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { median } from "../results/measurement.ts";
import { descendantsOf, processTable } from "../stack/process-table.ts";
import { cpuByThread } from "./cpu-by-thread.ts";
import { type RunningStack, startRunningStack } from "./running-stack.ts";

const bridge = join(import.meta.dirname, "../../bridge/main.ts");
const partEvents = 10_000;
const lookMilliseconds = 2_000;

const LineSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({ type: v.string(), outcome: v.optional(v.string()) }),
);

/** What an import took. */
export type ImportRun = {
  readonly outcomes: ReadonlyMap<string, number>;
  readonly losses: number;
  readonly seconds: number;
  /** Seconds of each 10,000 events, in their order. */
  readonly parts: readonly number[];
  /** Bytes of all processes that are resident, every two seconds. */
  readonly memory: readonly number[];
  /** CPU in any unit: of the emulator of DynamoDB ("engine"), and the stack's threads by their names. */
  readonly cpu: ReadonlyMap<string, number>;
};

const sumOf = (numbers: Iterable<number>): number =>
  [...numbers].reduce((sum, one) => sum + one, 0);

/** What the stack has used so far. */
const cpuOfStack = async ({ pid }: RunningStack): Promise<ReadonlyMap<string, number>> => {
  const started = descendantsOf(await processTable(), pid);
  const engine = started.flatMap((one) => [...cpuByThread(one.pid).values()]);
  return new Map([...cpuByThread(pid), ["engine", sumOf(engine)]]);
};

const watchMemory = (pids: readonly number[]) => {
  const stop = new AbortController();
  const samples: number[] = [];
  const watch = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const table = await processTable();
      const all = pids.flatMap((pid) => [
        ...table.filter((one) => one.pid === pid),
        ...descendantsOf(table, pid),
      ]);
      samples.push(sumOf(all.map(({ bytes }) => bytes)));
      await wait(lookMilliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const watching = watch();
  return async (): Promise<readonly number[]> => {
    stop.abort();
    await watching;
    return samples;
  };
};

/** Imports a log by the bridge into a running stack, as people do, and watches it. */
const importLog = async (stack: RunningStack, log: string): Promise<ImportRun> => {
  const directory = mkdtempSync(join(tmpdir(), "bench-import-"));
  const file = join(directory, "day.log");
  writeFileSync(file, log);
  const args = ["--url", stack.url, "--allow-remote", "--spool", join(directory, "spool")];
  const cpuBefore = await cpuOfStack(stack);
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [bridge, ...args, "--server-name", "BENCH", "--json", file],
    { env: { ...process.env, BRIDGE_KEY: stack.bridge.key }, stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "close");
  const endWatch = watchMemory([stack.pid, child.pid ?? Number.NaN]);
  const outcomes = new Map<string, number>();
  const marks = [start];
  let [done, losses] = [0, 0];
  for await (const line of createInterface(child.stdout)) {
    const { type, outcome } = v.parse(LineSchema, line);
    if (type === "loss") losses += 1;
    if (outcome === undefined) continue;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    done += 1;
    if (done % partEvents === 0) marks.push(performance.now());
  }
  await ended;
  const seconds = (performance.now() - start) / 1000;
  const memory = await endWatch();
  const cpu = new Map(
    [...(await cpuOfStack(stack))].map(([name, ticks]) => [
      name,
      ticks - (cpuBefore.get(name) ?? 0),
    ]),
  );
  rmSync(directory, { recursive: true, force: true });
  const parts = marks.slice(1).map((mark, index) => (mark - (marks[index] ?? start)) / 1000);
  return { outcomes, losses, seconds, parts, memory, cpu };
};

/** Imports logs one after another into a fresh stack. */
export const runImports = async (logs: readonly string[]): Promise<ImportRun[]> => {
  const stack = await startRunningStack();
  try {
    const runs: ImportRun[] = [];
    for (const log of logs) runs.push(await importLog(stack, log));
    return runs;
  } finally {
    await stack.stop();
  }
};

/** The speed of the last 10,000 events against that of the second 10,000: the first are for starting. */
export const steadinessOf = ({ parts }: ImportRun): number =>
  (parts[1] ?? Number.NaN) / (parts.at(-1) ?? Number.NaN);

/** The share of the stack's CPU that this took. */
export const cpuShareOf = ({ cpu }: ImportRun, name: string): number =>
  (cpu.get(name) ?? 0) / sumOf(cpu.values());

const minute = 60_000 / lookMilliseconds;

/** The memory of the last half minute against that of the first half of the second minute, by their medians. */
export const memoryGrowthOf = ({ memory }: ImportRun): number =>
  median(memory.slice(-minute / 2)) / median(memory.slice(minute, minute * 1.5));
