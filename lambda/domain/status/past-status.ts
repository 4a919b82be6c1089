import type { RegistrationEvent } from "../event/registration-event.ts";
import type { HistoryRow } from "./history-row.ts";
import { compareMarks, secondOf } from "./mark.ts";
import { findPastApplication, type Step, stepsOf } from "./past-application.ts";
import { cameWhen, registeredSince } from "./registered-since.ts";
import { type Application, coverageOf, type RegistrationStatus } from "./registration-status.ts";
import { eventsOf } from "./replay.ts";
import { standingOf } from "./standing.ts";
import { turnedWhen } from "./status-since.ts";
import { isAllSeen, newestTime, type View } from "./unbroken.ts";

/**
 * A status as it was. `changedAt` is there only where nothing has changed since: the history does not show which of its
 * events were published as changes.
 */
export type PastStatus = Omit<RegistrationStatus, "changedAt"> & { changedAt?: number };

type Existing = { name: string; application: Application; isKept: boolean };
type Found = {
  status: RegistrationStatus;
  existing: readonly Existing[];
  steps: readonly Step[];
  view: View;
};

// An event that came again in a later session has the row of its first coming.
const identify = ({ id, session }: RegistrationEvent): string => `${id} ${session}`;

const eventsIn = (
  status: RegistrationStatus,
  rows: readonly HistoryRow[],
  { at, from }: View,
): RegistrationEvent[] => {
  const kept = new Set(rows.map(identify));
  const dropped = eventsOf(status)
    .map(({ event }) => event)
    .filter((event) => !kept.has(identify(event)));
  return [...dropped, ...rows.toReversed()]
    .filter(({ time }) => time <= at && secondOf(time) > secondOf(from))
    .sort(compareMarks);
};

const isOut = (application: Application): boolean =>
  standingOf(application).status === "unregistered";

// Of the applications that were not out throughout what was seen.
const cameAmongOthers = ({ existing, steps, view }: Found): number | undefined => {
  const isOutThroughout = ({ application, isKept }: Existing): boolean =>
    isKept && isOut(application) && secondOf(application.statusSince) <= secondOf(view.from);
  const others = new Set(existing.filter((one) => !isOutThroughout(one)).map(({ name }) => name));
  return cameWhen(
    steps.filter(({ event }) => others.has(event.application)),
    others.size,
  );
};

// Whether the DN has been registered since before that time. A gap that came to light later may have moved the beginning.
const hasLasted = (status: RegistrationStatus, { at }: View): boolean =>
  coverageOf(status).status === "registered" &&
  status.statusSince <= at &&
  Object.values(status.applications).every(({ missed }) => (missed?.time ?? 0) <= at);

// Since when the DN has been what it was: registered since the first application of those that followed each other.
const turnedThen = (past: PastStatus, found: Found): number | undefined => {
  const { status, steps, view } = found;
  const first = turnedWhen(undefined, past);
  const isAlone = Object.keys(status.applications).length === 1;
  if (isAlone || coverageOf(past).status === "unregistered") return first;
  if (hasLasted(status, view)) return status.statusSince;
  // The history may have dropped what began it: an application that is kept says it still.
  return isAllSeen(view) ? Math.min(first, registeredSince(steps)) : cameAmongOthers(found);
};

/** The time (the T-Server's, microseconds) from which on a status is what it is now. */
export const quietFrom = ({ applications }: RegistrationStatus): number =>
  Math.max(...Object.values(applications).map(newestTime));

/**
 * Finds what a status was at the time of a view, from what it is now and from the rows of its server in the view, the
 * newest first: what it was for readers, as `toPastRegistration` shows it. `absent`: no application had registered the
 * DN by then. Undefined: older events may matter. Each row is merged once, whatever the number of applications.
 */
export const findPastStatus = (
  status: RegistrationStatus,
  rows: readonly HistoryRow[],
  view: View,
): PastStatus | "absent" | undefined => {
  const steps = stepsOf(eventsIn(status, rows, view));
  const byName = Map.groupBy(steps, ({ event }) => event.application);
  const existing: Existing[] = [];
  for (const [name, now] of Object.entries(status.applications)) {
    const past = findPastApplication(now, byName.get(name) ?? [], view);
    if (past === undefined) return undefined;
    if (past !== "absent") existing.push({ name, ...past });
  }
  if (existing.length === 0) return "absent";
  const applications = Object.fromEntries(
    existing.map(({ name, application }) => [name, application]),
  );
  const { changedAt, ...rest } = status;
  const past = { ...rest, applications };
  if (quietFrom(status) <= view.at) return changedAt <= view.at ? { ...past, changedAt } : past;
  const statusSince = turnedThen(past, { status, existing, steps, view });
  return statusSince === undefined ? undefined : { ...past, statusSince };
};
