import type { OpenPrepared, PreparedSource } from "./prepare-sources.ts";
import { CommandError } from "./terminal/command-error.ts";

/** What is done with each source. */
export type ReadEach = {
  readonly read: (source: PreparedSource, signal: AbortSignal) => Promise<void>;
  readonly note: (text: string) => void;
  /** Ends the reading: that is no error. */
  readonly signal: AbortSignal;
};

const readOpened = async (open: OpenPrepared, { read, note, signal }: ReadEach): Promise<void> => {
  const source = await open(signal);
  try {
    if (source.isEmpty) note(`${source.name} is empty`);
    await read(source, signal);
  } finally {
    await source.close();
  }
};

/**
 * Reads sources one after the other. One that cannot be read, or not to its end, keeps no other from being read: in the end
 * CommandError says what was wrong.
 */
export const readEach = async (sources: readonly OpenPrepared[], each: ReadEach): Promise<void> => {
  const failures: string[] = [];
  for (const open of sources) {
    try {
      await readOpened(open, each);
    } catch (error) {
      if (each.signal.aborted) return;
      if (!(error instanceof CommandError)) throw error;
      failures.push(error.message);
    }
    if (each.signal.aborted) return;
  }
  if (failures.length > 0) throw new CommandError(failures.join("\n"));
};
