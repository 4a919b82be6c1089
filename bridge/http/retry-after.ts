import { readHttpDate } from "./http-date.ts";

// A wrong header must not silence a bridge for a year.
const longestSeconds = 3_600;

/**
 * How many milliseconds an answer asks to wait by its `Retry-After`, at most an hour; undefined where it says nothing that
 * RFC 9110 knows (whole seconds, or a date). A date is by the server's clock, and so is measured against its `Date`.
 */
export const readRetryAfter = (headers: Headers, nowMs: number): number | undefined => {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text), longestSeconds) * 1000;
  const atMs = readHttpDate(text, nowMs);
  if (atMs === undefined) return undefined;
  const sentMs = readHttpDate(headers.get("date") ?? "", nowMs) ?? nowMs;
  return Math.min(Math.max(0, atMs - sentMs), longestSeconds * 1000);
};
