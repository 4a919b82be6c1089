const longestSeconds = 60;

/**
 * The backoff: how many milliseconds to wait at least before the next attempt, 1 s doubling to 60 s. `random` (0 to 1)
 * spreads them over their second half, so that bridges that failed together do not come back together.
 */
export const retryDelay = (attempt: number, random: number): number => {
  const seconds = Math.min(longestSeconds, 2 ** Math.min(attempt - 1, 10));
  return seconds * 1000 * (0.5 + random / 2);
};
