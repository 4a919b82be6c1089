import type { RegistrationEvent } from "../event/registration-event.ts";
import { isRegistrationNewer } from "./mark.ts";
import type { Marks } from "./merge.ts";
import {
  type Application,
  allStandingsOf,
  coverageOf,
  type RegistrationStatus,
} from "./registration-status.ts";
import { type Standing, standingOf } from "./standing.ts";

// Whether an event stands on the present side: of its kind, and newer than everything that speaks against it.
const supports = (event: RegistrationEvent, marks: Marks): boolean => {
  const { registered, unregistered, lost, missed } = marks;
  if (standingOf(marks).status === "unregistered") {
    const survives = registered === undefined || !isRegistrationNewer(registered, event);
    return event.event === "EventUnregistered" && survives;
  }
  const contrary = [unregistered, lost, missed].filter((one) => one !== undefined);
  return (
    event.event === "EventRegistered" && contrary.every((one) => isRegistrationNewer(event, one))
  );
};

// When it last stood otherwise, as far as the marks know.
const contraryTime = (status: Standing["status"], marks: Marks): number => {
  const { registered, unregistered, missed } = marks;
  return status === "registered"
    ? Math.max(unregistered?.time ?? 0, missed?.time ?? 0)
    : (registered?.time ?? 0);
};

// A registration may have beaten a later time: by its session, or by the T-Server's numbers.
const isUnbroken = (before: Application, standing: Standing, marks: Marks): boolean => {
  const old = standingOf(before);
  const gap = Math.min(contraryTime(standing.status, marks), old.time);
  return old.status === standing.status && before.statusSince >= gap;
};

/**
 * Since when (T-Server time, microseconds) an application has its present standing. A late event may show that it began
 * earlier, or that there was a gap after what we took for its beginning.
 */
export const sinceWhen = (
  before: Application | undefined,
  marks: Marks,
  event: RegistrationEvent,
): number => {
  const standing = standingOf(marks);
  const isKept = before !== undefined && isUnbroken(before, standing, marks);
  const since = isKept ? before.statusSince : standing.time;
  return supports(event, marks) ? Math.min(since, event.time) : since;
};

/** Since when (microseconds) all applications together stand so: registered since the first came, unregistered since the last went. */
export const turnedWhen = (
  before: RegistrationStatus | undefined,
  after: RegistrationStatus,
): number => {
  const { status } = coverageOf(after);
  const standings = allStandingsOf(after);
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
