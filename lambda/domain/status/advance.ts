import type { RegistrationEvent } from "../event/registration-event.ts";
import { findChange, timeOfChange } from "./change.ts";
import { isPartOf, type Marks, merge } from "./merge.ts";
import { type Application, coverageOf, type RegistrationStatus } from "./registration-status.ts";
import { standingOf } from "./standing.ts";
import { sinceWhen, turnedWhen } from "./status-since.ts";

type Applications = RegistrationStatus["applications"];
type Before = RegistrationStatus | undefined;
/** Events of one DN on one server: at least one. */
export type EventGroup = readonly [RegistrationEvent, ...RegistrationEvent[]];

const hasRenewed = (before: Marks, after: Marks): boolean =>
  before.registered?.id !== after.registered?.id ||
  before.registered?.session !== after.registered?.session;

const isStillStale = (before: Application, after: Marks): boolean =>
  before.stale === true && standingOf(after).status === "registered" && !hasRenewed(before, after);

/** Applies one of its events to an application. */
export const advanceApplication = (
  before: Application | undefined,
  event: RegistrationEvent,
): Application => {
  const marks = merge(before ?? {}, event);
  const statusSince = sinceWhen(before, marks, event);
  const isStale = before !== undefined && isStillStale(before, marks);
  return { ...marks, statusSince, ...(isStale ? { stale: true } : {}) };
};

const join = (applications: Applications, event: RegistrationEvent): Applications => {
  const { application } = event;
  const before = Object.hasOwn(applications, application) ? applications[application] : undefined;
  return { ...applications, [application]: advanceApplication(before, event) };
};

// What ends of different precision within a second say is kept, although none of them may be new.
const hasCoarsened = (before: Marks | undefined, after: Marks): boolean =>
  before?.unregistered?.coarse !== after.unregistered?.coarse ||
  before?.lost?.coarse !== after.lost?.coarse ||
  before?.missed?.coarse !== after.missed?.coarse;

// Changes without a new event: another beginning, an event that came again in a later session, another precision.
const hasMoved = (before: RegistrationStatus, after: RegistrationStatus): boolean =>
  Object.entries(after.applications).some(([name, application]) => {
    const old = before.applications[name];
    return (
      old?.statusSince !== application.statusSince ||
      hasRenewed(old, application) ||
      hasCoarsened(old, application)
    );
  });

// A loss has the id of the event that opened it, and keeps that id until every application is back.
const alertIdOf = (before: Before, after: RegistrationStatus): string | undefined => {
  const [newest] = coverageOf(after).lost;
  return newest && (before?.alertId ?? `alert-${newest.standing.id}`);
};

/** Whether an event is the newest of its kind for its application in this status. */
export const isInStatus = (status: Before, event: RegistrationEvent): boolean =>
  status !== undefined &&
  Object.hasOwn(status.applications, event.application) &&
  isPartOf(status.applications[event.application], event);

/**
 * Applies events of a DN on a server to its status; returns the same status when the events say nothing new. `now`
 * (microseconds) is our clock: it stamps changes and never decides anything. The retirement of an unknown DN gives a
 * status that is in no list and is not published.
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
    ...(change && {
      changed: true,
      changedAt: timeOfChange(before, now),
      changedBy: change.application,
    }),
    statusSince: turnedWhen(before, joined),
    alertId: alertIdOf(before, joined),
  };
};
