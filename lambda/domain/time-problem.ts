import { isLargeInteger } from "./large-integer.ts";
import { isStamp, latestTime, microsOf, type Stamp, secondsOf } from "./time.ts";

const isoForm = "write it like 2026-11-20T02:58:00Z";
const anyForm =
  'give {"sec": seconds, "usec": microseconds} since 1970, or ISO 8601 like 2026-11-20T02:58:00Z';

const writtenOf = (value: unknown): string => {
  if (typeof value === "string" || typeof value === "number") return String(value);
  return isLargeInteger(value) ? value.rawJSON : "";
};

// Seconds have 10 digits until the year 2286.
const units: readonly (readonly [RegExp, string])[] = [
  [/^\d{12,14}$/, "milliseconds"],
  [/^\d{15,17}$/, "microseconds"],
  [/^\d{18,}$/, "nanoseconds"],
];
const unitOf = (written: string): string | undefined =>
  units.find(([pattern]) => pattern.test(written))?.[1];

const bareNumber = (written: string, form: string): string => {
  const unit = unitOf(written);
  const guess = unit === undefined ? "" : `, which looks like ${unit} since 1970`;
  return `is a bare number${guess}: ${form}`;
};

type Parts = Readonly<
  Record<
    "year" | "month" | "day" | "t" | "hour" | "minute" | "second" | "fraction" | "zone",
    string
  >
>;
const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:([T t])(\d\d):(\d\d)(?::(\d\d)([.,]\d*)?)?)?(?!\d)(.*)$/s;
const partsOf = (text: string): Parts => {
  const found = pattern.exec(text) ?? [];
  const [, year = "", month = "", day = "", t = "", hour = "", minute = "", ...rest] = found;
  const [second = "", fraction = "", zone = ""] = rest;
  return { year, month, day, t, hour, minute, second, fraction, zone };
};

const isDay = ({ year, month, day }: Parts): boolean =>
  new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);

// In the order of the text: each rule may take for right what stands before.
const rules: readonly (readonly [(parts: Parts) => boolean, string])[] = [
  [({ year }) => year === "", `is not ISO 8601: ${isoForm}`],
  [({ month }) => month < "01" || month > "12", "has a month that does not exist"],
  [(parts) => !isDay(parts), "has a day that its month does not have"],
  [({ t, zone }) => t + zone === "", "is a date without a time of day: add one, like T02:58:00Z"],
  [({ t }) => t === "", "has no time of day like T02:58:00 behind its date"],
  [({ t }) => t !== "T", "needs a capital T between its date and its time of day"],
  [({ hour }) => hour > "23", "has an hour that does not exist: it may be 00 to 23"],
  [({ minute }) => minute > "59", "has a minute that does not exist: it may be 00 to 59"],
  [({ second }) => second === "", "has no seconds of two digits"],
  [({ second }) => second > "59", "has a second that does not exist: it may be 00 to 59"],
  [({ fraction }) => fraction.startsWith(","), "has a comma before its fraction: write a point"],
  [({ fraction }) => fraction === ".", "has a point, but no digits of a second behind it"],
  [({ fraction }) => fraction.length > 10, "has more than 9 digits behind the point of its second"],
  [({ zone }) => zone === "", "has no offset: end it with Z or +hh:mm"],
  [({ zone }) => zone === "z", "ends with a small z: write Z"],
  [
    ({ zone }) => /^ \d\d:?\d\d$/.test(zone),
    "has a space for the sign of its offset: in a URL, write a plus as %2B",
  ],
  [({ zone }) => /^[+-]\d\d$/.test(zone), "has an offset without minutes: write +hh:mm"],
  [
    ({ zone }) => /^[+-](?:2[4-9]|[3-9]\d|\d\d:?[6-9])/.test(zone),
    "has an offset that does not exist: it may be -23:59 to +23:59",
  ],
  [
    ({ zone }) => !/^(?:Z|[+-]\d\d:?\d\d)$/.test(zone),
    "ends with something other than Z or an offset +hh:mm",
  ],
];

const explainText = (text: string, form: string): string => {
  if (text === "") return "is empty";
  if (/^[+-]?\d+(?:[.,]\d+)?$/.test(text)) return bareNumber(text, form);
  if (/^[+-]?\d{5,}-\d/.test(text)) return "has a year that is not four digits";
  const parts = partsOf(text);
  return rules.find(([isBroken]) => isBroken(parts))?.[1] ?? "lies before 1970";
};

const explainUnit = (stamp: Stamp): string | undefined => {
  const unit = unitOf(writtenOf(secondsOf(stamp)));
  return unit && `has a sec that looks like ${unit}: sec counts seconds since 1970`;
};

const explainStamp = (stamp: Stamp): string => {
  if (Object.keys(stamp).length === 0) return `is an empty object: ${anyForm}`;
  const sec = secondsOf(stamp);
  if (sec === undefined) return `has no sec: ${anyForm}`;
  const written = writtenOf(sec);
  if (/^-\d/.test(written)) return "has a negative sec: sec counts seconds since 1970";
  if (!/^\d+$/.test(written)) return "has a sec that is not a whole number of seconds";
  const usec = writtenOf(microsOf(stamp));
  return /^\d+$/.test(usec)
    ? "has a usec above 999999"
    : "has a usec that is not a whole number from 0 to 999999";
};

/** Says of a text that is no ISO 8601 time what is wrong with it, without repeating it. Begins with a verb. */
export const explainIsoTime = (text: string): string => explainText(text, isoForm);

/** Says of a value that `readTime` cannot read what is wrong with it, without repeating it. Begins with a verb. */
export const explainTime = (value: unknown): string => {
  if (typeof value === "string") return explainText(value, anyForm);
  if (typeof value === "number" || isLargeInteger(value))
    return bareNumber(writtenOf(value), anyForm);
  return isStamp(value) && !Array.isArray(value)
    ? (explainUnit(value) ?? explainStamp(value))
    : `is no time: ${anyForm}`;
};

/** Says why a time (microseconds since 1970, as `readTime` gave it) is later than any that is kept; undefined where it is not. */
export const explainFarTime = (time: number, value: unknown): string | undefined =>
  time < latestTime
    ? undefined
    : ((isStamp(value) ? explainUnit(value) : undefined) ??
      "lies after the year 2254, the last that is kept");
