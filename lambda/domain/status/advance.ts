import type { RegistrationEvent } from "../event/registration-event.ts";
import { findChange } from "./change.ts";
import { isPartOf, merge } from "./merge.ts";
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

const sinceWhen = (before: Application | undefined, marks: Application): number => {
  const { status, time } = standingOf(marks);
  return before !== undefined && standingOf(before).status === status ? before.statusSince : time;
};

const join = (applications: Applications, event: RegistrationEvent): Applications => {
  const before = applications[event.application];
  const marks = { ...merge(before ?? {}, event), statusSince: 0 };
  const after = { ...marks, statusSince: sinceWhen(before, marks) };
  return { ...applications, [event.application]: after };
};

// Registered since the first application came, unregistered since the last one went.
const turnedWhen = (before: Before, after: RegistrationStatus): number => {
  const { status } = coverageOf(after);
  if (before !== undefined && coverageOf(before).status === status) return before.statusSince;
  const times = standingsOf(after)
    .filter(({ standing }) => standing.status === status)
    .map(({ application }) => application.statusSince);
  return status === "registered" ? Math.min(...times) : Math.max(...times);
};

// The alert is named by the event that opened it, and keeps that name until every application is back.
const alertOf = (before: Before, after: RegistrationStatus, now: number) => {
  const [newest] = coverageOf(after).lost;
  if (newest === undefined) return undefined;
  return before?.alert ?? { id: `alert-${newest.standing.id}`, openedAt: now };
};

/** Whether an event is the newest of its kind for its application in this status. */
export const isInStatus = (status: Before, event: RegistrationEvent): boolean =>
  isPartOf(status?.applications[event.application], event);

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
  if (before !== undefined && !events.some(isNew)) return before;
  const change = findChange(before, joined, events);
  return {
    ...joined,
    ...(change && { changed: true, changedAt: now, changedBy: change.application }),
    statusSince: turnedWhen(before, joined),
    alert: alertOf(before, joined, now),
  };
};
