import { formatTime } from "./time.ts";

/** A moment as a clock on the wall shows it: `2026-11-19`, `21:58:00`, and what that time is called there: `EST`. */
export type LocalTime = { day: string; clock: string; name: string };

/** Reads a time in microseconds since 1970 as the clocks of a time zone show it. */
export type Zone = (micros: number) => LocalTime;

/** UTC, which needs no zone. */
export const utc: Zone = (micros) => {
  const iso = formatTime(micros);
  return { day: iso.slice(0, 10), clock: iso.slice(11, 19), name: "UTC" };
};

// Each country knows the usual short names of the zones near it; elsewhere these are GMT+1 and the like.
const locales = ["en-US", "en-GB", "en-AU", "en-IN", "en-ZA"];

const createFormat = (locale: string, timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });

type Fields = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

const readFields = (format: Intl.DateTimeFormat, micros: number): Fields =>
  Object.fromEntries(
    format.formatToParts(micros / 1000).map(({ type, value }) => [type, value] as const),
  );

const formatsOf = (timeZone: string): Intl.DateTimeFormat[] | undefined => {
  try {
    return locales.map((locale) => createFormat(locale, timeZone));
  } catch {
    return undefined;
  }
};

/**
 * Makes a zone of its IANA name. A zone that this runtime does not know is UTC: the setting was checked where it was
 * made, perhaps by a newer list of zones, and an alert must be published all the same.
 */
export const createZone = (timeZone: string): Zone => {
  const formats = timeZone === "UTC" ? undefined : formatsOf(timeZone);
  if (formats === undefined) return utc;
  return (micros) => {
    const all = formats.map((format) => readFields(format, micros));
    const names = all.map(({ timeZoneName }) => `${timeZoneName}`);
    const { year, month, day, hour, minute, second } = { ...all[0] };
    return {
      day: `${year}-${month}-${day}`,
      clock: `${hour}:${minute}:${second}`,
      name: names.find((name) => /^[A-Z]+$/.test(name)) ?? `${names[0]}`.replace("GMT", "UTC"),
    };
  };
};
