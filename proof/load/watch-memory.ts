import { sleep } from "../../bridge/terminal/sleep.ts";
import type { MemorySample } from "./memory.ts";
import type { WatchedStack } from "./start-watched-stack.ts";

/** How often a stack is looked at; every tenth reading is reported. */
export type MemoryWatch = {
  readonly everySeconds: number;
  readonly onTenth: (sample: MemorySample) => void;
};

/** Reads a stack's memory again and again until it is asked to end, which gives what was found. */
export const watchMemory = (
  look: WatchedStack["look"],
  { everySeconds, onTenth }: MemoryWatch,
): { readonly end: () => Promise<readonly MemorySample[]> } => {
  const start = performance.now();
  const stop = new AbortController();
  const samples: MemorySample[] = [];
  const watch = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const { process, messaging, database } = await look();
      const seconds = (performance.now() - start) / 1000;
      const sample = { seconds, ours: process - messaging, messaging, database };
      samples.push(sample);
      if (samples.length % 10 === 0) onTenth(sample);
      await sleep(everySeconds * 1000, stop.signal);
    }
  };
  const watching = watch();
  // It is waited for at the end only, and may fail before.
  watching.catch(() => undefined);
  return {
    end: async () => {
      stop.abort();
      await watching;
      return samples;
    },
  };
};
