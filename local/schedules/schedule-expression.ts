import { Cron } from "croner";

/** The first time after a moment, both in milliseconds since 1970; undefined after the last one. */
export type NextAfter = (milliseconds: number) => number | undefined;
/** The limits of a schedule. Times are milliseconds since 1970. */
export type ScheduleBounds = {
  /** An IANA time zone; rate() ignores it. */
  readonly timezone: string;
  /** The first time of rate(); without it the first one is a period after `now`. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly now: number;
  /** The divisor of the period of rate(), which stays at a second or more; cron() and at() are not divided. */
  readonly timeLapse: number;
};
/** The times of an expression, or why it cannot be read. */
export type ScheduleReading =
  | { readonly kind: "read"; readonly nextAfter: NextAfter }
  | { readonly kind: "unreadable"; readonly reason: string };

// AWS counts the days of the week from 1 = SUN and reads 0/15 as 0-59/15; its ? does not restrict anything.
const asInAws = {
  mode: "7-part",
  alternativeWeekdays: true,
  sloppyRanges: true,
  domAndDow: true,
} as const;
const shortestPeriodMilliseconds = 1000;
const unitMilliseconds: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

const unreadable = (reason: string): ScheduleReading => ({ kind: "unreadable", reason });

const readRate = (argument: string, { start, now, timeLapse }: ScheduleBounds): ScheduleReading => {
  const [, count, unit = ""] = /^\s*(\d+)\s+(minute|hour|day)s?\s*$/.exec(argument) ?? [];
  const real = Number(count) * (unitMilliseconds[unit] ?? 0);
  if (!(real > 0)) return unreadable("a rate is a number of minutes, hours or days");
  const period = Math.max(shortestPeriodMilliseconds, real / timeLapse);
  const first = start ?? now + period;
  const nextAfter: NextAfter = (milliseconds) => {
    const periods = Math.floor((milliseconds - first) / period) + 1;
    return first + Math.max(0, periods) * period;
  };
  return { kind: "read", nextAfter };
};

const readPattern = (pattern: string, timezone: string): ScheduleReading => {
  try {
    const times = new Cron(pattern, { ...asInAws, timezone });
    const nextAfter: NextAfter = (milliseconds) => times.nextRun(new Date(milliseconds))?.getTime();
    nextAfter(0);
    return { kind: "read", nextAfter };
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
};

const readCron = (argument: string, { timezone }: ScheduleBounds): ScheduleReading => {
  const fields = argument.trim().split(/\s+/);
  if (fields.length !== 6) return unreadable("cron has six fields, the last one is the year");
  const [, , dayOfMonth, , dayOfWeek] = fields;
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
    return unreadable("exactly one of day-of-month and day-of-week is ?");
  }
  return readPattern(`0 ${fields.join(" ")}`, timezone);
};

const readTime = (argument: string, { timezone }: ScheduleBounds): ScheduleReading => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(argument)) {
    return unreadable("a time is yyyy-mm-ddThh:mm:ss");
  }
  return readPattern(argument, timezone);
};

const bounded = (reading: ScheduleReading, { start, end }: ScheduleBounds): ScheduleReading => {
  if (reading.kind === "unreadable") return reading;
  const nextAfter: NextAfter = (milliseconds) => {
    const next = reading.nextAfter(Math.max(milliseconds, (start ?? 0) - 1));
    return next === undefined || (end !== undefined && next > end) ? undefined : next;
  };
  return { kind: "read", nextAfter };
};

/** Reads `rate(5 minutes)`, `cron(0 8 ? * MON-FRI *)` or `at(2026-11-22T08:00:00)` as EventBridge does. */
export const readSchedule = (expression: string, bounds: ScheduleBounds): ScheduleReading => {
  const [, kind, argument = ""] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  switch (kind) {
    case "rate":
      return bounded(readRate(argument, bounds), bounds);
    case "cron":
      return bounded(readCron(argument, bounds), bounds);
    case "at":
      return bounded(readTime(argument, bounds), bounds);
    default:
      return unreadable("it is not a rate(…), cron(…) or at(…) expression");
  }
};
