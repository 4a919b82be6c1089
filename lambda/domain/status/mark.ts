import * as v from "valibot";
import { type RegistrationEvent, RegistrationEventSchema } from "../event/registration-event.ts";
import { compareText } from "../text.ts";

/**
 * What a status keeps of an event: its position among others, and what readers of the status see. Times in microseconds;
 * `session` is the start of the session in which a registration came.
 */
export const MarkSchema = v.omit(RegistrationEventSchema, [
  "event",
  "server",
  "application",
  "thisDN",
  "extensions",
  "other",
]);
export type Mark = v.InferOutput<typeof MarkSchema>;

const maxMessageLength = 200;
const secondMicros = 1_000_000;

// By code points, so that no surrogate pair is split.
const cut = (text: string): string => [...text].slice(0, maxMessageLength).join("");

const { options: memberNames } = v.keyof(MarkSchema);

const copy = <Name extends keyof Mark>(mark: Mark, event: RegistrationEvent, name: Name): void => {
  mark[name] = event[name];
};

/** Takes from an event what its mark keeps. The history has the whole ErrorMessage. */
export const toMark = (event: RegistrationEvent): Mark => {
  const mark: Mark = { id: event.id, time: event.time };
  // One by one: a parse takes four times as long, and a rest spread would keep what a replayed history row has beside
  // its event.
  for (const name of memberNames) copy(mark, event, name);
  mark.errorMessage = event.errorMessage && cut(event.errorMessage);
  if (event.event !== "EventRegistered") mark.session = undefined;
  return mark;
};

const compareAbsentFirst = (a = -1, b = -1): number => a - b;

/**
 * Total order of events of one kind: time, sequence number, ReferenceID, id; an event that comes again in a later session
 * counts as an event of that session. Never the order of arrival.
 */
export const compareMarks = (a: Mark, b: Mark): number =>
  a.time - b.time ||
  compareAbsentFirst(a.sequenceNumber, b.sequenceNumber) ||
  compareAbsentFirst(a.referenceID, b.referenceID) ||
  compareText(a.id, b.id) ||
  compareAbsentFirst(a.session, b.session);

/** The newer of two events of one kind. */
export const newer = (a: Mark | undefined, b: Mark): Mark =>
  a === undefined || compareMarks(a, b) < 0 ? b : a;

const wasRenewed = ({ session = 0 }: Mark, { derived, time }: Mark): boolean =>
  (derived === "reconnect" && session >= time) || (derived === "disconnect" && session > time);

const isWholeSecond = ({ time }: Mark): boolean => time % secondMicros === 0;
const second = ({ time }: Mark): number => Math.floor(time / secondMicros);

/**
 * Whether a registration is newer than an unregistration. Where one of the two times has whole seconds only, the order
 * within that second is unknown, and the unregistration wins (unless the T-Server numbered both): operators notice a false
 * alarm, but not a false green.
 * A registration that came in the session whose start ended it, or in a later session, was renewed, whatever the two clocks
 * say.
 */
export const isRegistrationNewer = (registered: Mark, unregistered: Mark): boolean => {
  if (wasRenewed(registered, unregistered)) return true;
  const { sequenceNumber } = registered;
  const numbered = sequenceNumber !== undefined && unregistered.sequenceNumber !== undefined;
  const vague = isWholeSecond(registered) || isWholeSecond(unregistered);
  if (vague && second(registered) === second(unregistered)) {
    return numbered && compareAbsentFirst(sequenceNumber, unregistered.sequenceNumber) > 0;
  }
  return (
    (registered.time - unregistered.time ||
      compareAbsentFirst(sequenceNumber, unregistered.sequenceNumber) ||
      compareAbsentFirst(registered.referenceID, unregistered.referenceID)) > 0
  );
};
