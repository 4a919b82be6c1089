/** How long a run may still take once it is asked to end: for what waits, and in total. */
const drainMs = 1_000;
const endMs = 2_000;

const after = (signal: AbortSignal, milliseconds: number): AbortSignal => {
  const controller = new AbortController();
  const start = (): void => void setTimeout(() => controller.abort(), milliseconds);
  if (signal.aborted) start();
  else signal.addEventListener("abort", start, { once: true });
  return controller.signal;
};

/**
 * The times of a run's end. A file that is followed goes on growing, so its reading ends first, and what was read is sent for
 * a moment more; where a file is read once, the person does not want the rest.
 */
export const createEndOfRun = (told: AbortSignal, isFollowing: boolean) => {
  const failed = new AbortController();
  const drained = isFollowing ? after(told, drainMs) : told;
  return {
    /** Ends everything: the run cannot go on. */
    fail: (): void => failed.abort(),
    reading: AbortSignal.any([told, failed.signal]),
    sending: AbortSignal.any([drained, failed.signal]),
    /** Cuts requests that are under way. */
    requests: isFollowing ? drained : new AbortController().signal,
    last: after(told, endMs),
  };
};

/** The times of a run's end. */
export type EndOfRun = ReturnType<typeof createEndOfRun>;
