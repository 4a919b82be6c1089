import * as v from "valibot";
import type { NumberedEvent } from "../event/numbered-event.ts";

/**
 * How far a T-Server's clock has come, as the events that it numbered say since its start. `time` is that of the event
 * with the highest number, `maxTime` the latest of all, in microseconds by the T-Server's clock.
 */
const ClockReadingSchema = v.object({
  startTime: v.string(),
  sequenceNumber: v.number(),
  time: v.number(),
  maxTime: v.number(),
});
export type ClockReading = v.InferOutput<typeof ClockReadingSchema>;

export const ServerClockSchema = v.object({
  ...ClockReadingSchema.entries,
  /** It is back: since and until when by our clock (it goes on while no event comes), and by how much at most. */
  back: v.optional(v.object({ at: v.number(), until: v.number(), by: v.number() })),
});
export type ServerClock = v.InferOutput<typeof ServerClockSchema>;

/**
 * An event at which a clock went back: by so many microseconds before the latest time or, where it was back already,
 * before the time of the event numbered before it.
 */
export type ClockStep = { id: string; by: number };

const toleranceMicros = 1_000_000;
// Numbers so far apart are no sequence: they began again, or an old event comes once more.
const farApart = 1_000_000;

/** How far a clock went back, in seconds to be read: tenths at most. */
export const stepInSeconds = (by: number): string => String(Math.round(by / 100_000) / 10);

const isBack = ({ time, maxTime }: ClockReading): boolean => maxTime - time > toleranceMicros;

/**
 * Joins two readings of a T-Server's clock, whatever their order. A T-Server that was started again counts from its
 * start: of two starts the one with the later time counts.
 */
export const joinReadings = (
  a: ClockReading | undefined,
  b: ClockReading | undefined,
): ClockReading | undefined => {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  if (a.startTime !== b.startTime) return a.time > b.time ? a : b;
  const ahead = a.sequenceNumber - b.sequenceNumber;
  if (Math.abs(ahead) > farApart) return a.time > b.time ? a : b;
  const last = (ahead || a.time - b.time) > 0 ? a : b;
  return { ...last, maxTime: Math.max(a.maxTime, b.maxTime) };
};

const isNext = (before: ClockReading, { startTime, sequenceNumber }: NumberedEvent): boolean =>
  startTime === before.startTime &&
  sequenceNumber > before.sequenceNumber &&
  sequenceNumber - before.sequenceNumber <= farApart;

// By how much it is back, as `isBack` has it; once it is back, by how much it went back further.
const stepOf = (before: ClockReading | undefined, event: NumberedEvent): number => {
  if (before === undefined || !isNext(before, event)) return 0;
  return (isBack(before) ? before.time : before.maxTime) - event.time;
};

/** How far a clock has come with a request's events, and at which of them it went back. */
export type ClockProgress = { reading: ClockReading | undefined; steps: readonly ClockStep[] };

/** Reads a T-Server's clock on with a request's events, by their numbers. */
export const readOn = (
  before: ClockReading | undefined,
  events: readonly NumberedEvent[],
): ClockProgress => {
  const steps: ClockStep[] = [];
  let reading = before;
  for (const event of events.toSorted((a, b) => a.sequenceNumber - b.sequenceNumber)) {
    const { id, startTime, sequenceNumber, time } = event;
    const by = stepOf(reading, event);
    if (by > toleranceMicros) steps.push({ id, by });
    reading = joinReadings(reading, { startTime, sequenceNumber, time, maxTime: time });
  }
  return { reading, steps };
};

/** Joins what was heard `at` by our clock into what is known of a T-Server's clock. */
export const joinClock = (
  before: ServerClock | undefined,
  { reading: seen, steps }: ClockProgress,
  at: number,
): ServerClock | undefined => {
  const reading = joinReadings(before, seen);
  if (reading === undefined || reading === before) return before;
  const { startTime, sequenceNumber, time, maxTime } = reading;
  const next = { startTime, sequenceNumber, time, maxTime };
  if (!isBack(reading)) return next;
  const by = maxTime - time;
  const { back } = before ?? {};
  if (back !== undefined && before?.sequenceNumber === sequenceNumber) return { ...next, back };
  return {
    ...next,
    back: {
      at: back?.at ?? at,
      until: at + by,
      by: Math.max(back?.by ?? 0, by, ...steps.map((step) => step.by)),
    },
  };
};
