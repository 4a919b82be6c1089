import { inParallel } from "./in-parallel.ts";

/**
 * Builds a series of attempts in which a failure does not stop the others; `finish` throws what failed, if anything
 * did.
 */
export const createAttempts = (what: string) => {
  const failures: unknown[] = [];
  return {
    attempt: async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        failures.push(error);
      }
    },
    finish: (): void => {
      if (failures.length > 0) throw new AggregateError(failures, what);
    },
  };
};

/**
 * Does all of the work, at most `width` pieces at a time, whatever fails; then throws what failed. `what` says in a
 * sentence what the failure means.
 */
export const tryAll = async (
  what: string,
  width: number,
  work: readonly (() => Promise<void>)[],
): Promise<void> => {
  const { attempt, finish } = createAttempts(what);
  await inParallel(width, work, attempt);
  finish();
};
