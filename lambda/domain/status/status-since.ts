import type { RegistrationEvent } from "../event/registration-event.ts";
import { isInOneSecond, isRegistrationNewer, type Mark } from "./mark.ts";
import type { Marks } from "./merge.ts";
import {
  type Application,
  allStandingsOf,
  coverageOf,
  type WithApplications,
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

const contraryTo = { registered: "EventUnregistered", unregistered: "EventRegistered" } as const;

// Only a contrary event shows a gap. It may be later than the one that decides, and have lost all the same: by a session,
// by the T-Server's numbers, or within a second.
const isUnbroken = (before: Application, standing: Standing, event: RegistrationEvent): boolean => {
  const old = standingOf(before);
  const isContrary = event.event === contraryTo[standing.status];
  const showsGap = isContrary && before.statusSince < Math.min(event.time, old.time);
  return old.status === standing.status && !showsGap;
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
  const isKept = before !== undefined && isUnbroken(before, standing, event);
  const since = isKept ? before.statusSince : standing.time;
  return supports(event, marks) ? Math.min(since, event.time) : since;
};

type Turned = WithApplications & { statusSince: number };

/** Since when (microseconds) the DN has had its status: registered since the first application came, unregistered since the last went. */
export const turnedWhen = (before: Turned | undefined, after: WithApplications): number => {
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
