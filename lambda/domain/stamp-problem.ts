import { isLargeInteger } from "./large-integer.ts";
import { isAbsent, isStamp, microsNames, type Stamp, secondsNames } from "./time.ts";

/** How a time may be written. */
export const anyForm =
  'give {"sec": seconds, "usec": microseconds} since 1970, or ISO 8601 like 2026-11-20T02:58:00Z';

/** A number, or text, as it was written; "" for anything else. */
export const writtenOf = (value: unknown): string => {
  if (typeof value === "string" || typeof value === "number") return String(value);
  return isLargeInteger(value) ? value.rawJSON : "";
};

// Seconds have 10 digits until the year 2286.
const units: readonly (readonly [RegExp, string])[] = [
  [/^\d{12,14}$/, "milliseconds"],
  [/^\d{15,17}$/, "microseconds"],
  [/^\d{18,}$/, "nanoseconds"],
];
/** What a count since 1970 with so many digits looks like, where it is none of seconds. */
export const unitOf = (written: string): string | undefined =>
  units.find(([pattern]) => pattern.test(written))?.[1];

const countsSeconds = (name: string): string => `${name} counts seconds since 1970`;

const nameIn = (stamp: Stamp, names: readonly string[]): string | undefined =>
  Object.keys(stamp).find((name) => names.includes(name) && !isAbsent(stamp[name]));

/** Says of a time in parts that its seconds look like another unit; undefined where they do not. */
export const explainUnit = (stamp: Stamp): string | undefined => {
  const sec = String(nameIn(stamp, secondsNames));
  const unit = unitOf(writtenOf(stamp[sec]));
  return unit && `has a ${sec} that looks like ${unit}: ${countsSeconds(sec)}`;
};

const isForeign = ([name, value]: [string, unknown]): boolean =>
  !secondsNames.includes(name) && !microsNames.includes(name) && !isAbsent(value);

/** Says of any other time in parts that `readTime` cannot read what is wrong with it. Begins with a verb. */
export const explainStamp = (stamp: Stamp): string => {
  if (Object.keys(stamp).length === 0) return `is an empty object: ${anyForm}`;
  const sec = nameIn(stamp, secondsNames);
  if (sec === undefined) return `has no sec: ${anyForm}`;
  const written = writtenOf(stamp[sec]);
  if (/^-\d/.test(written)) return `has a negative ${sec}: ${countsSeconds(sec)}`;
  if (!/^\d+$/.test(written)) return `has a ${sec} that is not a whole number of seconds`;
  if (Object.entries(stamp).some(isForeign)) {
    return "has a member other than sec and usec: give the fraction of a second as usec (microseconds)";
  }
  const usec = String(nameIn(stamp, microsNames));
  return /^\d+$/.test(writtenOf(stamp[usec]))
    ? `has a ${usec} above 999999`
    : `has a ${usec} that is not a whole number from 0 to 999999`;
};

/** Says of a time in parts what its seconds count; undefined of any other. Names them as they came. */
export const explainSeconds = (value: unknown): string | undefined => {
  const name = isStamp(value) ? nameIn(value, secondsNames) : undefined;
  return name && countsSeconds(name);
};
