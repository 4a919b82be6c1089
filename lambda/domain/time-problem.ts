import { isLargeInteger } from "./large-integer.ts";
import { anyForm, explainStamp, explainUnit, unitOf, writtenOf } from "./stamp-problem.ts";
import { isStamp, latestTime } from "./time.ts";

const isoForm = "write it like 2026-11-20T02:58:00Z";
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

const noSign = "has a space where the sign of its offset must be";

// In the order of the text: each rule may take for right what stands before.
const rules: readonly (readonly [(parts: Parts) => boolean, string])[] = [
  [
    ({ year }) => year === "",
    `is not ISO 8601 of the form YYYY-MM-DDThh:mm:ss with Z or an offset: ${isoForm}`,
  ],
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
  [({ zone }) => /^ \d\d:?\d\d$/.test(zone), noSign],
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
  const inner = text.trim();
  if (inner === "") return "is empty";
  if (inner !== text) return "has a space or line break before or behind it";
  if (/^[+-]?\d+(?:[.,]\d+)?$/.test(text)) return bareNumber(text, form);
  if (/^[+-]?\d{5,}-\d/.test(text)) return "has a year that is not four digits";
  const parts = partsOf(text);
  return rules.find(([isBroken]) => isBroken(parts))?.[1] ?? "lies before 1970";
};

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return "a list";
  return typeof value === "boolean" ? "true or false" : "null";
};

/** Says of a text that is no ISO 8601 time what is wrong with it, without repeating it. Begins with a verb. */
export const explainIsoTime = (text: string): string => explainText(text, isoForm);

/** The same of a text that came in a URL, where a plus means a space. */
export const explainUrlTime = (text: string): string => {
  const problem = explainIsoTime(text);
  return problem === noSign ? `${problem}: in a URL, write a plus as %2B` : problem;
};

/** Says of a value that `readTime` cannot read what is wrong with it, without repeating it. Begins with a verb. */
export const explainTime = (value: unknown): string => {
  if (typeof value === "string") return explainText(value, anyForm);
  if (typeof value === "number" || isLargeInteger(value))
    return bareNumber(writtenOf(value), anyForm);
  return isStamp(value) && !Array.isArray(value)
    ? (explainUnit(value) ?? explainStamp(value))
    : `must be text or an object, not ${kindOf(value)}: ${anyForm}`;
};

/** Says why a time (microseconds since 1970, as `readTime` gave it) is later than any that is kept; undefined where it is not. */
export const explainFarTime = (time: number, value: unknown): string | undefined =>
  time < latestTime
    ? undefined
    : ((isStamp(value) ? explainUnit(value) : undefined) ??
      "lies after 2254, the last whole year that is kept");
