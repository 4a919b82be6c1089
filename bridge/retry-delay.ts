const longestSeconds = 60;
// A timer of Node takes no more than 24 days, and fires at once for more.
const longestTimerMs = 2 ** 31 - 1;

const fromHeader = (header: string | null, nowMs: number): number | undefined => {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
};

/**
 * Milliseconds to wait before the next attempt: what `Retry-After` says, else 1 s doubling to 60 s. `random` (0 to 1)
 * spreads them over their second half, so that bridges that failed together do not come back together.
 */
export const retryDelay = (
  attempt: number,
  random: number,
  retryAfter: { readonly header: string | null; readonly nowMs: number } = {
    header: null,
    nowMs: 0,
  },
): number => {
  const asked = fromHeader(retryAfter.header, retryAfter.nowMs);
  if (asked !== undefined) return Math.min(asked, longestTimerMs);
  const seconds = Math.min(longestSeconds, 2 ** Math.min(attempt - 1, 10));
  return seconds * 1000 * (0.5 + random / 2);
};
