import { once } from "node:events";

/**
 * Waits until standard output has been taken, or the signal is aborted: a pipe whose reader is slow would otherwise
 * fill the memory with lines.
 */
export const flushOutput = async (signal: AbortSignal): Promise<void> => {
  if (process.stdout.writableNeedDrain)
    await once(process.stdout, "drain", { signal }).catch(() => undefined);
};
