const minuteMs = 60_000;
const units = [
  ["d", 24 * 60],
  ["h", 60],
  ["min", 1],
] as const;

/** A time span as people read it, in its two largest units of days, hours and minutes: `2 d 4 h`, `12 min`. */
export const timeSpanText = (milliseconds: number): string => {
  let minutes = Math.floor(Math.max(milliseconds, 0) / minuteMs);
  if (minutes === 0) return "less than a minute";
  const parts = units.map(([unit, size]) => {
    const count = Math.floor(minutes / size);
    minutes -= count * size;
    return { count, text: `${count} ${unit}` };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ text }) => text)
    .join(" ");
};

/** The time span in text like `2h`, `90m`, `1d` or `1h30m`, in milliseconds; undefined for anything else, and for none at all. */
export const readTimeSpan = (text: string): number | undefined => {
  const [, days, hours, minutes] = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?:in)?)?$/.exec(text) ?? [];
  const total = Number(days ?? 0) * 24 * 60 + Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return total > 0 ? total * minuteMs : undefined;
};
