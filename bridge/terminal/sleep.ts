import { setTimeout as wait } from "node:timers/promises";

/** Waits, or returns early when the signal is aborted: a wait that was ended is not an error. */
export const sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
};
