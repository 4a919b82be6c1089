import { setTimeout as wait } from "node:timers/promises";

/** How long to go on trying. */
export type Patience = {
  readonly forMs: number;
  readonly everyMs: number;
};

/** Tries until it succeeds; when the patience ends, the last try's error is thrown. */
export const eventually = async <T>(
  attempt: () => Promise<T>,
  { forMs, everyMs }: Patience,
): Promise<T> => {
  const end = Date.now() + forMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() + everyMs > end) throw error;
      await wait(everyMs);
    }
  }
};
