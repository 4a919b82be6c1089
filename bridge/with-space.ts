import { isSpoolDiskFull } from "./spool/disk-full.ts";

/** How to wait for space on the disk. */
export type SpaceDependencies = {
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onFull: (why: string) => void;
};

const waitMs = 1_000;

/**
 * Does something on the disk, and where there is no space tries again until there is. False when it was ended before.
 * `makeRoom` is called before each further try.
 */
export const createWithSpace =
  ({ sleep, onFull }: SpaceDependencies) =>
  async (work: () => void, signal: AbortSignal, makeRoom?: () => void): Promise<boolean> => {
    for (let tries = 1; ; tries += 1) {
      try {
        work();
        return true;
      } catch (error) {
        if (!isSpoolDiskFull(error)) throw error;
        if (tries === 1) onFull(error instanceof Error ? error.message : String(error));
      }
      makeRoom?.();
      // Room was made: no need to wait for a person.
      if (tries > 1 || makeRoom === undefined) await sleep(waitMs, signal);
      if (signal.aborted) return false;
    }
  };

/** Does something on the disk as soon as there is space. */
export type WithSpace = ReturnType<typeof createWithSpace>;
