import * as v from "valibot";
import type { RegistrationEvent } from "../event/registration-event.ts";
import { type Mark, MarkSchema, newer, toMark } from "./mark.ts";
import { judge } from "./verdict.ts";

/** The newest event of each kind that one application's registration has seen; `lost`: unregistered unexpectedly. */
export const MarksSchema = v.object({
  registered: v.optional(MarkSchema),
  unregistered: v.optional(MarkSchema),
  lost: v.optional(MarkSchema),
});
export type Marks = v.InferOutput<typeof MarksSchema>;

const place = (event: RegistrationEvent, mark: Mark): Marks => {
  if (event.event === "EventRegistered") return { registered: mark };
  return judge(mark) === "expected" ? { unregistered: mark } : { unregistered: mark, lost: mark };
};

/**
 * Joins an event into the marks of its application: three maxima, so that any order and any repetition of a history
 * ends in the same marks (ADR 0003).
 */
export const merge = (marks: Marks, event: RegistrationEvent): Marks => {
  const { registered, unregistered, lost } = place(event, toMark(event));
  return {
    registered: registered ? newer(marks.registered, registered) : marks.registered,
    unregistered: unregistered ? newer(marks.unregistered, unregistered) : marks.unregistered,
    lost: lost ? newer(marks.lost, lost) : marks.lost,
  };
};

/** Whether an event is part of these marks: the newest of its kind. */
export const isPartOf = (marks: Marks | undefined, { id }: RegistrationEvent): boolean =>
  marks?.registered?.id === id || marks?.unregistered?.id === id || marks?.lost?.id === id;
