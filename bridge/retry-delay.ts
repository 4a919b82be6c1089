// With half of it on top, a minute.
const longestSeconds = 40;

/**
 * The backoff: how many milliseconds to wait at least before the next attempt, 1 s doubling to 60 s. `random` (0 to 1) adds up
 * to half of it, so that bridges that failed together do not come back together.
 */
export const retryDelay = (attempt: number, random: number): number => {
  const seconds = Math.min(longestSeconds, 2 ** Math.min(attempt - 1, 10));
  return seconds * 1000 * (1 + random / 2);
};
