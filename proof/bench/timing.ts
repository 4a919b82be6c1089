import { performance } from "node:perf_hooks";
import { type MeasurementRound, median } from "../results/measurement.ts";

/** How many rounds are measured; the warm-up before them is not. */
export const roundCount = 5;

/** Milliseconds that some work takes. */
export const timeOf = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** What both sides of a comparison took. */
export type Times = {
  readonly reference: number;
  readonly candidate: number;
};

/** Two ways to do the same; each gives what it took. */
export type Pair = {
  readonly reference: () => Promise<number>;
  readonly candidate: () => Promise<number>;
};

const runPair = async ({ reference, candidate }: Pair, referenceFirst: boolean): Promise<Times> => {
  if (referenceFirst) {
    const first = await reference();
    return { reference: first, candidate: await candidate() };
  }
  const first = await candidate();
  return { reference: await reference(), candidate: first };
};

/** One round: each side `repeats` times, in turn which is first; the median counts, not what else the machine did for a moment. */
export const runRound = async (pair: Pair, repeats: number): Promise<Times> => {
  const all: Times[] = [];
  for (let index = 0; index < repeats; index += 1) all.push(await runPair(pair, index % 2 === 0));
  return {
    reference: median(all.map(({ reference }) => reference)),
    candidate: median(all.map(({ candidate }) => candidate)),
  };
};

/** Measures a pair in rounds after one as warm-up. `figure` makes of the times of both sides the figure of the row. */
export const interleave = async (
  pair: Pair,
  figure: (times: Times) => number,
  repeats: number,
): Promise<MeasurementRound[]> => {
  await runRound(pair, repeats);
  const rounds: MeasurementRound[] = [];
  for (let index = 0; index < roundCount; index += 1) {
    const times = await runRound(pair, repeats);
    rounds.push({ figure: figure(times), reference: times.reference });
  }
  return rounds;
};
