import * as v from "valibot";
import { type RegistrationEvent, RegistrationEventSchema } from "../event/registration-event.ts";
import { compareText } from "../text.ts";

// What an event says itself.
const KeptSchema = v.omit(RegistrationEventSchema, [
  "event",
  "server",
  "application",
  "thisDN",
  "extensions",
  "other",
]);

/**
 * What a status keeps of an event: its position among others, and what readers of the status see. Times in microseconds;
 * `session` is the start of the session in which a registration came. `coarse`: ends of different precision are known
 * within its second, so that this one, the newest by its time, need not be the newest (ADR 0021).
 */
export const MarkSchema = v.object({ ...KeptSchema.entries, coarse: v.optional(v.literal(true)) });
export type Mark = v.InferOutput<typeof MarkSchema>;

/** How much of an ErrorMessage is kept, in code points. */
export const maxMessageLength = 200;
const secondMicros = 1_000_000;

// By code points, so that no surrogate pair is split.
const cut = (text: string): string => [...text].slice(0, maxMessageLength).join("");

const { options: memberNames } = v.keyof(KeptSchema);

type Said = Exclude<keyof Mark, "coarse">;
const copy = <Name extends Said>(mark: Mark, event: RegistrationEvent, name: Name): void => {
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

// At the time of a reconnect, a registration that was missed after a disconnect is harder to renew.
const isDisconnect = ({ derived }: Mark): number => (derived === "disconnect" ? 1 : 0);

/**
 * Total order of events of one kind: time, sequence number, ReferenceID, id; an event that comes again in a later session
 * counts as an event of that session. Never the order of arrival.
 */
export const compareMarks = (a: Mark, b: Mark): number =>
  a.time - b.time ||
  isDisconnect(a) - isDisconnect(b) ||
  compareAbsentFirst(a.sequenceNumber, b.sequenceNumber) ||
  compareAbsentFirst(a.referenceID, b.referenceID) ||
  compareText(a.id, b.id) ||
  compareAbsentFirst(a.session, b.session);

/** The newer of two events of one kind. */
export const newer = (a: Mark | undefined, b: Mark): Mark =>
  a === undefined || compareMarks(a, b) < 0 ? b : a;

const isWholeSecond = ({ time }: Mark): boolean => time % secondMicros === 0;

/** The second since 1970 in which a time (microseconds) lies. */
export const secondOf = (time: number): number => Math.floor(time / secondMicros);

/** Whether two events lie in the same second. */
export const isInOneSecond = (a: Mark, b: Mark): boolean => secondOf(a.time) === secondOf(b.time);

// What orders events of one second among themselves: their microseconds, the T-Server's numbers, or nothing.
const precisionOf = (mark: Mark): number => {
  if (!isWholeSecond(mark)) return 2;
  return mark.sequenceNumber === undefined ? 0 : 1;
};

/**
 * The newest end, of an end and those that are known: within its second, it is coarse where they differ in precision.
 * Each end of a second is known to have its precision as long as it is not coarse, so that order and repetition do not
 * matter.
 */
export const newestEnd = (a: Mark | undefined, b: Mark): Mark => {
  const end = newer(a, b);
  if (a === undefined || !isInOneSecond(a, b)) return end;
  const coarse = a.coarse || b.coarse || precisionOf(a) !== precisionOf(b);
  return coarse ? { ...end, coarse } : end;
};

const wasRenewed = ({ session = 0 }: Mark, { derived, time }: Mark): boolean =>
  (derived === "reconnect" && session >= time) || (derived === "disconnect" && session > time);

const hasHigherNumber = (a: Mark, b: Mark): boolean =>
  b.sequenceNumber !== undefined && compareAbsentFirst(a.sequenceNumber, b.sequenceNumber) > 0;

/**
 * Whether a registration is newer than an unregistration and, within its second, than every other one that is known.
 * Where one of two times has whole seconds only, the order within that second is unknown, and the unregistration wins:
 * operators notice a false alarm, but not a false green. Only numbers of the T-Server outweigh that, where the
 * unregistrations of that second have whole seconds and numbers.
 * A registration that came in the session whose start ended it, or in a later session, was renewed, whatever the two clocks
 * say.
 */
export const isRegistrationNewer = (registered: Mark, unregistered: Mark): boolean => {
  if (wasRenewed(registered, unregistered)) return true;
  if (isInOneSecond(registered, unregistered)) {
    if (unregistered.coarse) return false;
    if (isWholeSecond(unregistered)) return hasHigherNumber(registered, unregistered);
    if (isWholeSecond(registered)) return false;
  }
  return (
    (registered.time - unregistered.time ||
      compareAbsentFirst(registered.sequenceNumber, unregistered.sequenceNumber) ||
      compareAbsentFirst(registered.referenceID, unregistered.referenceID)) > 0
  );
};
