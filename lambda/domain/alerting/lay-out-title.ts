import { joinNames } from "../bounds.ts";
import { createShortenName, cutEnd, toOneLine } from "../one-line.ts";
import { formatTime } from "../time.ts";
import type { Zone } from "../zone.ts";
import type { Headline, HeadlinePart } from "./headline.ts";

/** When and where a text is read: `now` in microseconds, absent where no day is today. */
export type Reading = { now?: number | undefined; zone: Zone };

/** A time as a title has it: in UTC and in the zone of the stage, with the date where it is not today's there. */
export const sayTime = (micros: number, { now, zone }: Reading): string => {
  const iso = formatTime(micros);
  const { day, clock, name } = zone(micros);
  const isToday = now !== undefined && zone(now).day === day;
  const utcDay = iso.slice(0, 10);
  const inUtc = `${isToday ? "" : `${utcDay} `}${iso.slice(11, 16)} UTC`;
  if (name === "UTC") return inUtc;
  return `${inUtc} (${isToday || day === utcDay ? "" : `${day} `}${clock.slice(0, 5)} ${name})`;
};

// A part that is ready to be laid out: each name in as few units as are asked for.
type Piece =
  | string
  | { why: string }
  | { names: readonly ((units: number) => string)[]; count: number };

const maxNameUnits = 128;
const leastNameUnits = 16;
const stepUnits = 4;
const leastWhyUnits = 24;

const toPiece =
  (reading: Reading) =>
  (part: HeadlinePart): Piece => {
    if (typeof part === "string") return part;
    if ("at" in part) return sayTime(part.at, reading);
    if ("why" in part) return { why: toOneLine(part.why) };
    const names = part.names.map((name) => createShortenName(toOneLine(name) || "?"));
    return { names, count: part.count };
  };

const whyOf = (pieces: readonly Piece[]): string =>
  pieces.map((one) => (typeof one === "object" && "why" in one && one.why) || "").join("");

/** Everything but the cause, with so many names of each list, and so many units of each name. */
const withoutWhy = (
  pieces: readonly Piece[],
  { shown, units }: { shown: number; units: number },
): string[] =>
  pieces.map((one) => {
    if (typeof one === "string") return one;
    if ("why" in one) return "";
    const names = one.names.slice(0, shown).map((shorten) => shorten(units));
    return joinNames(names, shown, one.count);
  });

const withWhy = (text: string, why: string, max: number): string =>
  why === "" || text.length + 2 >= max ? text : `${text}: ${cutEnd(why, max - text.length - 2)}`;

// What comes first matters most: parts go from the end on, with the words that lead to them.
const dropEnd = (pieces: readonly Piece[], max: number): string => {
  const shortest = { shown: 1, units: leastNameUnits };
  const kept = [...pieces];
  const isTooLong = () => withoutWhy(kept, shortest).join("").length > max;
  while (isTooLong() && kept.length > 1) {
    kept.pop();
    while (typeof kept.at(-1) === "string" && kept.length > 1) kept.pop();
  }
  return cutEnd(withoutWhy(kept, shortest).join(""), max);
};

/**
 * Lays a title out on one line of at most `max` UTF-16 units. What does not fit is cut: first the cause, then names, in
 * the middle and never below what can be recognized, at last what comes at the end.
 */
export const layOutTitle = (headline: Headline, reading: Reading, max: number): string => {
  const pieces = headline.map(toPiece(reading));
  const why = whyOf(pieces);
  const needed = why === "" ? 0 : Math.min(why.length, leastWhyUnits) + 2;
  for (const shown of [3, 1]) {
    for (let units = maxNameUnits; units >= leastNameUnits; units -= stepUnits) {
      const text = withoutWhy(pieces, { shown, units }).join("");
      if (text.length + needed <= max) return withWhy(text, why, max);
    }
  }
  return dropEnd(pieces, max);
};
