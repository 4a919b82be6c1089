import type { RegistrationEvent } from "../event/registration-event.ts";
import { isInOneSecond, isRegistrationNewer, type Mark } from "./mark.ts";
import type { Marks } from "./merge.ts";
import {
  type Application,
  allStandingsOf,
  coverageOf,
  type RegistrationStatus,
} from "./registration-status.ts";
import { type Standing, standingOf } from "./standing.ts";

// An end is as coarse as the mark of its second.
const markOf = (event: RegistrationEvent, { unregistered, missed }: Marks): Mark => {
  const isCoarse = [unregistered, missed].some((one) => one?.coarse && isInOneSecond(one, event));
  return isCoarse ? { ...event, coarse: true } : event;
};

// Whether an event supports the present standing: it is of its kind, and newer than every contrary event.
const supports = (event: RegistrationEvent, marks: Marks): boolean => {
  const { registered, unregistered, lost, missed } = marks;
  if (standingOf(marks).status === "unregistered") {
    const survives =
      registered === undefined || !isRegistrationNewer(registered, markOf(event, marks));
    return event.event === "EventUnregistered" && survives;
  }
  const contrary = [unregistered, lost, missed].filter((one) => one !== undefined);
  return (
    event.event === "EventRegistered" && contrary.every((one) => isRegistrationNewer(event, one))
  );
};

// When the standing was last the other one, as far as the marks show.
const contraryTime = (status: Standing["status"], marks: Marks): number => {
  const { registered, unregistered, missed } = marks;
  return status === "registered"
    ? Math.max(unregistered?.time ?? 0, missed?.time ?? 0)
    : (registered?.time ?? 0);
};

// A registration may have beaten an event of a later time: by its session, or by the T-Server's numbers.
const isUnbroken = (before: Application, standing: Standing, marks: Marks): boolean => {
  const old = standingOf(before);
  const gap = Math.min(contraryTime(standing.status, marks), old.time);
  return old.status === standing.status && before.statusSince >= gap;
};

/**
 * Since when (T-Server time, microseconds) an application has had its present standing. A late event may show that it began
 * earlier, or that there was a gap after its presumed beginning.
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

/** Since when (microseconds) the DN has had its status: registered since the first application came, unregistered since the last went. */
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
  // The application that came first may have gone since.
  return isKept ? Math.min(before.statusSince, first) : first;
};
