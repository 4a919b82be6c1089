import { timeOfChange } from "./change.ts";
import type { Application, RegistrationStatus } from "./registration-status.ts";
import { standingOf } from "./standing.ts";

const findApplication = (
  { applications }: RegistrationStatus,
  name: string,
): Application | undefined => (Object.hasOwn(applications, name) ? applications[name] : undefined);

/**
 * Marks an application's registration as stale, or as no longer stale, which is published. Returns the same status when
 * it is marked so already, or when the application is not registered. `now` (microseconds) is our clock.
 */
export const applyStaleness = (
  status: RegistrationStatus,
  application: string,
  stale: boolean,
  now: number,
): RegistrationStatus => {
  const found = findApplication(status, application);
  if (found === undefined || standingOf(found).status !== "registered") return status;
  const { stale: wasStale = false, ...rest } = found;
  if (wasStale === stale) return status;
  const marked: Application = stale ? { ...rest, stale } : rest;
  return {
    ...status,
    revision: status.revision + 1,
    changed: true,
    changedAt: timeOfChange(status, now),
    changedBy: application,
    applications: { ...status.applications, [application]: marked },
  };
};
