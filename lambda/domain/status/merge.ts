import * as v from "valibot";
import type { RegistrationEvent } from "../event/registration-event.ts";
import { type Mark, MarkSchema, newer, toMark } from "./mark.ts";
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

const join = (before: Mark | undefined, mark: Mark | undefined): Mark | undefined =>
  mark === undefined ? before : newer(before, mark);

/**
 * Merges an event into the marks of its application. Each mark is a maximum, so that any order and any repetition of a
 * history ends in the same marks (ADR 0003).
 */
export const merge = (marks: Marks, event: RegistrationEvent): Marks => {
  const placed = place(event);
  return {
    registered: join(marks.registered, placed.registered),
    unregistered: join(marks.unregistered, placed.unregistered),
    lost: join(marks.lost, placed.lost),
    missed: join(marks.missed, placed.missed),
    retired: join(marks.retired, placed.retired),
  };
};

/** Whether an event is part of these marks: the newest of its kind. */
export const isPartOf = (marks: Marks | undefined, { id }: RegistrationEvent): boolean => {
  const { registered, unregistered, lost, missed, retired } = marks ?? {};
  return [registered, unregistered, lost, missed, retired].some((mark) => mark?.id === id);
};
