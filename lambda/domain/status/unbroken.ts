import { secondOf } from "./mark.ts";
import { joinMarks, type Marks } from "./merge.ts";
import type { Application } from "./registration-status.ts";
import { type Standing, standingOf } from "./standing.ts";

/**
 * A time to look back to (`at`), and how far back the history has been read from there: every event of a later second
 * than that of `from` was seen; -Infinity: every event. In microseconds, by the T-Server.
 */
export type View = { at: number; from: number };

type Kind = keyof Marks;
const kinds: readonly Kind[] = ["registered", "unregistered", "lost", "missed", "retired"];
const ends = kinds.filter((kind) => kind !== "registered");
const supportingKinds: Readonly<Record<Standing["status"], readonly Kind[]>> = {
  registered: ["registered"],
  unregistered: ends,
};

/** Whether everything was seen. */
export const isAllSeen = ({ from }: View): boolean => from === Number.NEGATIVE_INFINITY;

const isThen = (marks: Marks, kind: Kind, at: number): boolean => (marks[kind]?.time ?? 0) <= at;

/** The time of the newest event: from then on, an application is what it is now. */
export const newestTime = (now: Marks): number =>
  Math.max(...kinds.map((kind) => now[kind]?.time ?? 0));

const pick = (marks: Marks, isWanted: (kind: Kind) => boolean): Marks =>
  Object.fromEntries(kinds.filter(isWanted).map((kind) => [kind, marks[kind]]));

/** The marks of a status that are as old as the time of the view: each is the newest of its kind then, too. */
export const knownThen = (now: Marks, { at }: View): Marks =>
  pick(now, (kind) => isThen(now, kind, at));

/**
 * Whether the customer is certain: an older unregistration is asked for it where no registration that was seen names it.
 * What was seen has the newest events of a view: a registration that is only known may be older than an unregistration
 * that was not seen.
 */
export const isCustomerKnown = (now: Marks, seen: Marks, { at }: View): boolean =>
  isThen(now, "unregistered", at) ||
  seen.unregistered !== undefined ||
  seen.registered?.customerID !== undefined;

// The history has dropped what began the standing: what supports it now stands in.
const standInFor = (now: Application, supporting: readonly Kind[]): Marks =>
  Object.fromEntries(
    supporting.flatMap((kind) => {
      const mark = now[kind];
      return mark === undefined ? [] : [[kind, { ...mark, time: now.statusSince }]];
    }),
  );

// Whether no older end can be the one that is shown. A retirement has our clock's time, so that one may be older than the
// beginning which T-Servers gave.
const isEndSettled = (now: Application, seen: Marks, { at, from }: View): boolean => {
  const isSettled = (kind: Kind) => isThen(now, kind, at) || seen[kind] !== undefined;
  const latest = standingOf({ ...seen, registered: now.registered });
  const isLossSeen =
    (seen.lost ?? seen.missed) !== undefined &&
    latest.status === "unregistered" &&
    latest.verdict === "unexpected";
  // No end of an earlier second than the registration's outweighs it. Without a registration, every end supports the
  // beginning. Otherwise, an end that the status has forgotten may be older than the beginning.
  const isBeginningSeen = secondOf(from) < secondOf(now.registered?.time ?? now.statusSince);
  return isSettled("retired") && (isBeginningSeen || isLossSeen || ends.every(isSettled));
};

/**
 * What an application was at the time of a view if it had the standing that it has now, without a break since then:
 * that began before, and the newest contrary events are older. Undefined: it had not, or older events may matter.
 */
export const findUnbroken = (
  now: Application,
  seen: Marks,
  view: View,
): Application | undefined => {
  const { statusSince } = now;
  const { status } = standingOf(now);
  const supporting = supportingKinds[status];
  const isContraryOlder = kinds.every(
    (kind) => supporting.includes(kind) || isThen(now, kind, view.at),
  );
  if (statusSince > view.at || !isContraryOlder) return undefined;
  const found = joinMarks(seen, knownThen(now, view));
  const isDropped = isAllSeen(view) && supporting.every((kind) => found[kind] === undefined);
  const marks = isDropped ? joinMarks(found, standInFor(now, supporting)) : found;
  const isSettled =
    isDropped ||
    (isCustomerKnown(now, seen, view) &&
      (status === "registered" ? seen.registered !== undefined : isEndSettled(now, seen, view)));
  const isSame = standingOf(marks).status === status;
  return isSettled && isSame ? { ...marks, statusSince } : undefined;
};
