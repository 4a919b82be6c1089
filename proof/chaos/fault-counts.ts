import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as v from "valibot";

/** How many faults of each kind there were. */
export type FaultCounts = Readonly<Record<string, number>>;

const CountsSchema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.number()));
// The counting process may be killed: what it counted since is not known.
const callsPerWrite = 100;

/** Counts faults and writes them to a file now and then, and when `write` is called. */
export const createFaultCounts = (file: string) => {
  const counts: Record<string, number> = {};
  let calls = 0;
  const write = () => writeFileSync(file, JSON.stringify(counts));
  const count = (kind: string): void => {
    calls += 1;
    if (kind !== "none") counts[kind] = (counts[kind] ?? 0) + 1;
    if (calls % callsPerWrite === 0) write();
  };
  return { count, write };
};

const read = (file: string): FaultCounts => {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "{}";
  // Killed while it was written.
  const counts = v.safeParse(CountsSchema, text);
  return counts.success ? counts.output : {};
};

/** Adds up what was counted in some files. */
export const sumFaultCounts = (files: readonly string[]): FaultCounts => {
  const sum: Record<string, number> = {};
  for (const file of files) {
    for (const [kind, count] of Object.entries(read(file))) sum[kind] = (sum[kind] ?? 0) + count;
  }
  return sum;
};

/** The counts as text, the most frequent first. */
export const faultText = (counts: FaultCounts): string =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ");
