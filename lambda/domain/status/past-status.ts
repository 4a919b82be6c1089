import type { HistoryRow } from "./history-row.ts";
import { compareMarks, secondOf } from "./mark.ts";
import { findPastApplication, isSurelyOut, type Step, stepsOf } from "./past-application.ts";
import { findChangedAt } from "./past-change.ts";
import type { EarlierStatus } from "./registration.ts";
import { type Application, coverageOf, type RegistrationStatus } from "./registration-status.ts";
import { eventsOf, type Replayed, replay } from "./replay.ts";
import { standingOf } from "./standing.ts";
import { turnedWhen } from "./status-since.ts";
import { isAllSeen, newestTime, type View } from "./unbroken.ts";

/** A status as it was; `absent`: no application had registered the DN by then. */
export type PastStatus = EarlierStatus | "absent";

type Existing = {
  name: string;
  application: Application;
  isKept: boolean;
  steps: readonly Step[];
};
type Found = {
  status: RegistrationStatus;
  existing: readonly Existing[];
  events: readonly Replayed[];
  view: View;
};

// An event that came again in a later session has the row of its first coming.
const identify = ({ event: { id, session } }: Replayed): string => JSON.stringify([id, session]);

const eventsIn = (
  status: RegistrationStatus,
  rows: readonly HistoryRow[],
  { at, from }: View,
): Replayed[] => {
  const kept = rows.map((row) => ({ event: row, receivedAt: row.receivedAt }));
  const distinct = new Map([...eventsOf(status), ...kept].map((one) => [identify(one), one]));
  return [...distinct.values()]
    .filter(({ event: { time } }) => time <= at && secondOf(time) > secondOf(from))
    .sort((a, b) => compareMarks(a.event, b.event));
};

const isOut = (application: Application): boolean =>
  standingOf(application).status === "unregistered";

// When the first application came after a time at which all were out for certain.
const cameWhen = (existing: readonly Existing[], { from }: View): number | undefined => {
  const isOutThroughout = ({ application, isKept }: Existing): boolean =>
    isKept && isOut(application) && secondOf(application.statusSince) <= secondOf(from);
  const others = existing.filter((one) => !isOutThroughout(one));
  const steps = others
    .flatMap(({ name, steps: own }) => own.map((step) => ({ name, step })))
    .sort((a, b) => compareMarks(a.step.event, b.step.event));
  const out = new Set<string>();
  let came: number | undefined;
  for (const { name, step } of steps) {
    const wasEmpty = out.size === others.length;
    if (isSurelyOut(step)) out.add(name);
    else out.delete(name);
    if (wasEmpty && out.size < others.length) came = step.event.time;
  }
  return came;
};

// Since when the DN has been what it was: registered since the first application of those that followed each other.
const sinceWhen = (past: RegistrationStatus, found: Found): number | undefined => {
  const { status, existing, events, view } = found;
  const first = turnedWhen(undefined, past);
  const isAlone = Object.keys(status.applications).length === 1;
  if (isAlone || coverageOf(past).status === "unregistered") return first;
  if (coverageOf(status).status === "registered" && status.statusSince <= view.at) {
    return status.statusSince;
  }
  if (isAllSeen(view)) return Math.min(first, ...replay(events).map((one) => one.statusSince));
  return cameWhen(existing, view);
};

/** The time (the T-Server's, microseconds) from which on a status is what it is now. */
export const quietFrom = ({ applications }: RegistrationStatus): number =>
  Math.max(...Object.values(applications).map(newestTime));

/**
 * Finds what a status was at the time of a view, from what it is now and from the rows of its server in the view: what
 * it was for readers, as `toRegistration` shows it. Undefined: older events may matter.
 */
export const findPastStatus = (
  status: RegistrationStatus,
  rows: readonly HistoryRow[],
  view: View,
): PastStatus | undefined => {
  const events = eventsIn(status, rows, view);
  const byName = Map.groupBy(events, ({ event }) => event.application);
  const existing: Existing[] = [];
  for (const [name, now] of Object.entries(status.applications)) {
    const steps = stepsOf((byName.get(name) ?? []).map(({ event }) => event));
    const past = findPastApplication(now, steps, view);
    if (past === undefined) return undefined;
    if (past !== "absent") existing.push({ name, steps, ...past });
  }
  if (existing.length === 0) return "absent";
  const applications = Object.fromEntries(
    existing.map(({ name, application }) => [name, application]),
  );
  const past = { ...status, applications };
  if (quietFrom(status) <= view.at) return past;
  const found = { status, existing, events, view };
  const statusSince = sinceWhen(past, found);
  return statusSince === undefined
    ? undefined
    : { ...past, statusSince, changedAt: findChangedAt(past, rows, view) };
};
