import { joinNames } from "../bounds.ts";
import { createShortenName, cutEnd, toOneLine } from "../one-line.ts";
import { formatTime } from "../time.ts";
import type { Zone } from "../zone.ts";
import type { Headline, HeadlinePart } from "./headline.ts";

/** When and where a text is read: `now` in microseconds, absent where no day is today. */
export type Reading = { now?: number | undefined; zone: Zone };

type SaidTime = { utc: string; local: string };

const utcDayOf = (micros: number): string => formatTime(micros).slice(0, 10);

// A day is today's where it is so in both zones: the clock of one of them would else seem to be ahead of now.
const toSaidTime = (micros: number, { now, zone }: Reading): SaidTime => {
  const { day, clock, name } = zone(micros);
  const utcDay = utcDayOf(micros);
  const isToday = now !== undefined && zone(now).day === day && utcDayOf(now) === utcDay;
  const utc = `${isToday ? "" : `${utcDay} `}${formatTime(micros).slice(11, 16)} UTC`;
  if (name === "UTC") return { utc, local: "" };
  return {
    utc,
    local: ` (${isToday || day === utcDay ? "" : `${day} `}${clock.slice(0, 5)} ${name})`,
  };
};

/** A time as a title has it: in UTC and in the zone of the stage, with the date where it is not today's. */
export const sayTime = (micros: number, reading: Reading): string => {
  const { utc, local } = toSaidTime(micros, reading);
  return utc + local;
};

// A part that is ready to be laid out: each name in as few units as are asked for.
type Piece =
  | string
  | SaidTime
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
    if ("at" in part) return toSaidTime(part.at, reading);
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
    if ("utc" in one) return one.utc + one.local;
    const names = one.names.slice(0, shown).map((shorten) => shorten(units));
    return joinNames(names, shown, one.count);
  });

const withWhy = (text: string, why: string, max: number): string =>
  why === "" || text.length + 2 >= max ? text : `${text}: ${cutEnd(why, max - text.length - 2)}`;

/** All of it, the cause and the names as long as they fit; undefined where even the shortest names do not fit. */
const arrange = (pieces: readonly Piece[], max: number): string | undefined => {
  const why = whyOf(pieces);
  const needed = why === "" ? 0 : Math.min(why.length, leastWhyUnits) + 2;
  for (const shown of [3, 1]) {
    for (let units = maxNameUnits; units >= leastNameUnits; units -= stepUnits) {
      const text = withoutWhy(pieces, { shown, units }).join("");
      if (text.length + needed <= max) return withWhy(text, why, max);
    }
  }
  return undefined;
};

/** Without what matters least: what comes last, with the words that lead to it; of a time, the zone's first. */
const withoutLast = (pieces: readonly Piece[]): readonly Piece[] => {
  const [last, before] = [pieces.at(-1), pieces.slice(0, -1)];
  if (typeof last !== "object" || "why" in last) return before;
  if ("utc" in last && last.local !== "") return [...before, { ...last, local: "" }];
  return typeof before.at(-1) === "string" ? before.slice(0, -1) : before;
};

/**
 * Lays a title out on one line of at most `max` UTF-16 units. What does not fit is cut: first the cause, then names, in
 * the middle and never below what can be recognized, at last what comes at the end, part by part.
 */
export const layOutTitle = (headline: Headline, reading: Reading, max: number): string => {
  let pieces: readonly Piece[] = headline.map(toPiece(reading)).filter((piece) => piece !== "");
  // Of nothing at all, everything fits.
  for (;;) {
    const text = arrange(pieces, max);
    if (text !== undefined) return text;
    pieces = withoutLast(pieces);
  }
};
