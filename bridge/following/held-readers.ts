import type { GenerationReader } from "./generation-reader.ts";

// A minute.
const mostLooks = 300;
const mostReaders = 4;

/** Files that were read to their end, and are held open for a while: they may be removed, and still be written. */
export const createHeldReaders = () => {
  let looks = 0;
  const since = new Map<GenerationReader, number>();
  return {
    all: (): GenerationReader[] => [...since.keys()],
    add: (reader: GenerationReader): void => void since.set(reader, looks),
    remove: (reader: GenerationReader): void => void since.delete(reader),
    /** Counts a look; gives those that need not be held any longer. */
    takeOld: (): GenerationReader[] => {
      looks += 1;
      return [...since].flatMap(([reader, began], at) =>
        at < since.size - mostReaders || looks - began > mostLooks ? [reader] : [],
      );
    },
  };
};
