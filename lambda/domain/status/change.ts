import type { RegistrationEvent } from "../event/registration-event.ts";
import { compareMarks, toMark } from "./mark.ts";
import { addressTypeOf, type RegistrationStatus, standingsOf } from "./registration-status.ts";
import type { Standing } from "./standing.ts";

// What subscribers see of an application. Times and agents are not part of it: a refresh is no change.
const describe = (standing: Standing): string =>
  standing.status === "registered"
    ? "registered"
    : `${standing.verdict} ${standing.cause.errorCode}`;

const viewsOf = (status: RegistrationStatus): [string, string][] =>
  standingsOf(status).map(({ name, standing }) => [name, describe(standing)]);

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
 * The newest of the events that change what subscribers see: an application comes, goes, or is gone for another reason,
 * or the address type is another one. Undefined: these events are refreshes.
 */
export const findChange = (
  before: RegistrationStatus | undefined,
  after: RegistrationStatus,
  events: readonly RegistrationEvent[],
): RegistrationEvent | undefined => {
  const applications = findChangedApplications(before, after);
  const retyped = before !== undefined && addressTypeOf(before) !== addressTypeOf(after);
  return events
    .filter(({ application }) => retyped || applications.has(application))
    .toSorted((a, b) => compareMarks(toMark(b), toMark(a)))[0];
};
