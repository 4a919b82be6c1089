/** What the shutdown has to end, in the order in which it was started. */
export type Shutdown = {
  /** Registers an end. It runs at once when the shutdown has already begun. */
  readonly add: (end: () => unknown) => void;
  readonly started: () => boolean;
  /** Ends everything, newest first; a failure does not stop the others. Later calls wait for the first one. */
  readonly run: () => Promise<void>;
};

const attempt = async (end: () => unknown): Promise<void> => {
  try {
    await end();
  } catch {
    // The others must still be ended.
  }
};

/** Makes an empty list of ends. */
export const createShutdown = (): Shutdown => {
  const ends: (() => unknown)[] = [];
  let running: Promise<void> | undefined;
  const runAll = async () => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await attempt(end);
  };
  return {
    add: (end) => {
      if (running === undefined) ends.push(end);
      else running = running.then(() => attempt(end));
    },
    started: () => running !== undefined,
    run: () => {
      running ??= runAll();
      return running;
    },
  };
};
