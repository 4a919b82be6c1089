import { median } from "../results/measurement.ts";

/** What a look at the stack's memory found, in bytes. */
export type MemorySample = {
  /** Since the load began. */
  readonly seconds: number;
  /** The process of the runner and the functions, without the thread of fauxqs. */
  readonly ours: number;
  /** The thread of fauxqs. */
  readonly messaging: number;
  /** The processes that the runner started: DynamoDB's emulator. */
  readonly database: number;
};
/** How a figure developed once the load had lasted for a while. */
export type Course = {
  /** The median of the end against that of the beginning. */
  readonly figure: number;
  readonly min: number;
  readonly max: number;
};

const longestPartSeconds = 60;
const parts = 5;

/**
 * Compares the last minute of a load with its second, by their medians; of a load of less than five minutes, the last fifth
 * with the second. The first is for starting: environments, compilers, caches.
 */
export const courseOf = (
  samples: readonly MemorySample[],
  part: "ours" | "messaging" | "database",
  totalSeconds: number,
): Course => {
  const length = Math.min(longestPartSeconds, totalSeconds / parts);
  const within = (from: number, to: number): number[] =>
    samples.filter(({ seconds }) => seconds >= from && seconds < to).map((sample) => sample[part]);
  const reference = median(within(length, 2 * length));
  const all = within(length, Infinity);
  return {
    figure: median(within(totalSeconds - length, Infinity)) / reference,
    min: Math.min(...all) / reference,
    max: Math.max(...all) / reference,
  };
};

const megabytes = (bytes: number): string => String(Math.round(bytes / 1024 ** 2));

/** The least and the most of each part, in megabytes, as a line. */
export const rangeLine = (samples: readonly MemorySample[]): string => {
  const range = (part: "ours" | "messaging" | "database"): string => {
    const all = samples.map((sample) => sample[part]);
    return `${megabytes(Math.min(...all))} to ${megabytes(Math.max(...all))} MB`;
  };
  return `memory: runner and functions ${range("ours")}, fauxqs ${range("messaging")}, DynamoDB ${range("database")}`;
};
