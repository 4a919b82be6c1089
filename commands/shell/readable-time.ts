/** A time of the API, ISO 8601 in UTC, as people read it: whole seconds, `2026-11-20 02:58:30 UTC`. */
export const readableTime = (time: string): string =>
  time.replace("T", " ").replace(/(?:\.\d+)?Z$/, " UTC");
