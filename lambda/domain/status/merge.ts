import * as v from "valibot";
import type { RegistrationEvent } from "../event/registration-event.ts";
import { type Mark, MarkSchema, newer, newestEnd, toMark } from "./mark.ts";
import { verdictOf } from "./verdict.ts";

/**
 * The newest event of each kind for one application's registration. `lost`: unregistered unexpectedly; `missed`: not
 * registered again after a reconnect or disconnect, as we derived; `retired`: gone for good, as an operator said.
 */
export const MarksSchema = v.object({
  registered: v.optional(MarkSchema),
  unregistered: v.optional(MarkSchema),
  lost: v.optional(MarkSchema),
  missed: v.optional(MarkSchema),
  retired: v.optional(MarkSchema),
});
export type Marks = v.InferOutput<typeof MarksSchema>;

// A renewed registration beats a missed one by its session, not by its time. Kept as `lost`, a missed one could hide a loss
// that the T-Server reported and that the registration does not beat.
const isMissed = ({ derived }: Mark): boolean =>
  derived === "reconnect" || derived === "disconnect";

const placeEnd = (mark: Mark): Marks => {
  if (isMissed(mark)) return { missed: mark };
  return verdictOf(mark) === "expected"
    ? { unregistered: mark }
    : { unregistered: mark, lost: mark };
};

const place = (event: RegistrationEvent): Marks => {
  switch (event.event) {
    case "EventRegistered":
      return { registered: toMark(event) };
    case "EventUnregistered":
      return placeEnd(toMark(event));
    case "Retired":
      return { retired: toMark(event) };
  }
};

type Newest = (before: Mark | undefined, mark: Mark) => Mark;

const join = (before: Mark | undefined, mark: Mark | undefined, newest: Newest) =>
  mark === undefined ? before : newest(before, mark);

/** The marks of all events of two sets, from the marks of each. */
export const joinMarks = (a: Marks, b: Marks): Marks => ({
  registered: join(a.registered, b.registered, newer),
  unregistered: join(a.unregistered, b.unregistered, newestEnd),
  lost: join(a.lost, b.lost, newestEnd),
  missed: join(a.missed, b.missed, newestEnd),
  retired: join(a.retired, b.retired, newer),
});

/**
 * Merges an event into the marks of its application. Each mark is a maximum, so that any order and any repetition of a
 * history ends in the same marks (ADR 0003, ADR 0021).
 */
export const merge = (marks: Marks, event: RegistrationEvent): Marks =>
  joinMarks(marks, place(event));

/** Whether an event is part of these marks: the newest of its kind. */
export const isPartOf = (marks: Marks | undefined, { id }: RegistrationEvent): boolean => {
  const { registered, unregistered, lost, missed, retired } = marks ?? {};
  return [registered, unregistered, lost, missed, retired].some((mark) => mark?.id === id);
};
