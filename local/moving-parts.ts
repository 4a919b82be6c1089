import { carrySubscriptions } from "./resources/carried-subscriptions.ts";
import { startEventSources } from "./resources/event-source-mappings.ts";
import { startSchedules } from "./resources/running-schedules.ts";
import type { Surroundings } from "./resources/surroundings.ts";
import type { Deployment } from "./template/deployment.ts";

/** Starts what calls functions by itself: event sources, subscriptions, schedules. Answers, one line each, what is not run. */
export async function startMovingParts(
  deployment: Deployment,
  surroundings: Surroundings,
): Promise<readonly string[]> {
  return [
    ...startEventSources(deployment, surroundings),
    ...(await carrySubscriptions(deployment, surroundings)),
    ...startSchedules(deployment, surroundings),
  ];
}
