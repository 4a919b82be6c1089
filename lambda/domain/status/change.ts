import type { RegistrationEvent } from "../event/registration-event.ts";
import { compareMarks } from "./mark.ts";
import {
  allStandingsOf,
  attributesOf,
  isAllRetired,
  isKnown,
  type NamedStanding,
  type RegistrationStatus,
} from "./registration-status.ts";
import { isRetired } from "./standing.ts";

// What subscribers see of an application. Times and agents are not part of it: a refresh is no change.
const describe = ({ application, standing }: NamedStanding): string => {
  if (isRetired(application)) return "retired";
  if (standing.status === "registered") return application.stale ? "stale" : "registered";
  const { errorCode, derived } = standing.cause;
  return `${standing.verdict} ${errorCode} ${derived?.from}`;
};

const describeDn = (status: RegistrationStatus): string => JSON.stringify(attributesOf(status));

// The attributes of the DN are part of what is seen of each of its applications.
const viewsOf = (status: RegistrationStatus): [string, string][] => {
  const attributes = describeDn(status);
  return allStandingsOf(status).map((one) => [one.name, describe(one) + attributes]);
};

/**
 * Whether subscribers may hear of a change. Of a DN that stays retired, they hear only that its attributes changed, and
 * nothing where it was unknown.
 */
export const isHeardOf = (
  before: RegistrationStatus | undefined,
  after: RegistrationStatus,
): boolean => {
  if (!isAllRetired(after)) return true;
  if (before === undefined || !isKnown(before)) return false;
  return !isAllRetired(before) || describeDn(before) !== describeDn(after);
};

const findChangedApplications = (
  before: RegistrationStatus | undefined,
  after: RegistrationStatus,
): Set<string> => {
  const old = new Map(before === undefined ? [] : viewsOf(before));
  return new Set(
    viewsOf(after)
      .filter(([name, view]) => old.get(name) !== view)
      .map(([name]) => name),
  );
};

/**
 * The newest of the events that change what subscribers see: an application is registered, is unregistered, is unregistered
 * for another reason, is retired or is no longer stale, or the address type or the customer changes. Undefined: the events
 * are refreshes, or subscribers do not hear of it.
 */
export const findChange = (
  before: RegistrationStatus | undefined,
  after: RegistrationStatus,
  events: readonly RegistrationEvent[],
): RegistrationEvent | undefined => {
  if (!isHeardOf(before, after)) return undefined;
  const applications = findChangedApplications(before, after);
  return events
    .filter(({ application }) => applications.has(application))
    .toSorted((a, b) => compareMarks(b, a))[0];
};

/**
 * The time of a change (microseconds): now by our clock, but later than every change before it. It identifies the change for
 * ever: writes that change nothing for subscribers leave it as it is (ADR 0014).
 */
export const timeOfChange = (before: RegistrationStatus | undefined, now: number): number =>
  before === undefined ? now : Math.max(now, before.changedAt + 1);
