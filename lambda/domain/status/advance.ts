import type { RegistrationEvent } from "../event/registration-event.ts";
import { findChange } from "./change.ts";
import { isRegistrationNewer, type Mark, toMark } from "./mark.ts";
import { isPartOf, type Marks, merge } from "./merge.ts";
import {
  type Application,
  coverageOf,
  type RegistrationStatus,
  standingsOf,
} from "./registration-status.ts";
import { standingOf } from "./standing.ts";

type Applications = RegistrationStatus["applications"];
type Before = RegistrationStatus | undefined;
/** Events of one DN on one server: at least one. */
export type EventGroup = readonly [RegistrationEvent, ...RegistrationEvent[]];

// Whether an event stands on the present side: of its kind, and newer than everything that speaks against it.
const supports = (mark: Mark, event: RegistrationEvent["event"], marks: Marks): boolean => {
  const { registered, unregistered, lost } = marks;
  if (standingOf(marks).status === "unregistered") {
    const survives = registered === undefined || !isRegistrationNewer(registered, mark);
    return event === "EventUnregistered" && survives;
  }
  const contrary = [unregistered, lost].filter((one) => one !== undefined);
  return event === "EventRegistered" && contrary.every((one) => isRegistrationNewer(mark, one));
};

// A late event may show that the standing began earlier, or that there was a gap after what we took for its beginning.
const sinceWhen = (
  before: Application | undefined,
  marks: Marks,
  event: RegistrationEvent,
): number => {
  const { status, time } = standingOf(marks);
  const contrary = status === "registered" ? marks.unregistered : marks.registered;
  const isKept =
    before !== undefined &&
    standingOf(before).status === status &&
    before.statusSince >= (contrary?.time ?? 0);
  const since = isKept ? before.statusSince : time;
  return supports(toMark(event), event.event, marks) ? Math.min(since, event.time) : since;
};

const join = (applications: Applications, event: RegistrationEvent): Applications => {
  const { application } = event;
  const before = Object.hasOwn(applications, application) ? applications[application] : undefined;
  const marks = merge(before ?? {}, event);
  const after = { ...marks, statusSince: sinceWhen(before, marks, event) };
  return { ...applications, [application]: after };
};

// Registered since the first application came, unregistered since the last one went.
const turnedWhen = (before: Before, after: RegistrationStatus): number => {
  const { status } = coverageOf(after);
  const standings = standingsOf(after);
  const times = standings
    .filter(({ standing }) => standing.status === status)
    .map(({ application }) => application.statusSince);
  if (status === "unregistered") return Math.max(...times);
  const first = Math.min(...times);
  const isKept =
    before !== undefined && standings.length > 1 && coverageOf(before).status === status;
  // An application that has gone since may have come first.
  return isKept ? Math.min(before.statusSince, first) : first;
};

const hasMoved = (before: RegistrationStatus, after: RegistrationStatus): boolean =>
  Object.entries(after.applications).some(
    ([name, { statusSince }]) => before.applications[name]?.statusSince !== statusSince,
  );

// The alert is named by the event that opened it, and keeps that name until every application is back.
const alertOf = (before: Before, after: RegistrationStatus, now: number) => {
  const [newest] = coverageOf(after).lost;
  if (newest === undefined) return undefined;
  return before?.alert ?? { id: `alert-${newest.standing.id}`, openedAt: now };
};

/** Whether an event is the newest of its kind for its application in this status. */
export const isInStatus = (status: Before, event: RegistrationEvent): boolean =>
  status !== undefined &&
  Object.hasOwn(status.applications, event.application) &&
  isPartOf(status.applications[event.application], event);

/**
 * Takes a status to the next one by events of its DN on its server; the same status when they tell it nothing new.
 * `now` (microseconds) is our clock: it stamps changes and never decides anything.
 */
export const advance = (before: Before, events: EventGroup, now: number): RegistrationStatus => {
  const [{ thisDN, server, application }] = events;
  const joined: RegistrationStatus = {
    thisDN,
    server,
    revision: (before?.revision ?? 0) + 1,
    changed: false,
    changedAt: before?.changedAt ?? now,
    changedBy: before?.changedBy ?? application,
    statusSince: 0,
    applications: events.reduce(join, before?.applications ?? {}),
  };
  const isNew = (event: RegistrationEvent) =>
    isInStatus(joined, event) && !isInStatus(before, event);
  if (before !== undefined && !events.some(isNew) && !hasMoved(before, joined)) return before;
  const change = findChange(before, joined, events);
  return {
    ...joined,
    ...(change && { changed: true, changedAt: now, changedBy: change.application }),
    statusSince: turnedWhen(before, joined),
    alert: alertOf(before, joined, now),
  };
};
