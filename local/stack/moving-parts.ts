import { startEventSources } from "../event-sources/start-event-sources.ts";
import { startSchedules } from "../schedules/start-schedules.ts";
import { carrySubscriptions } from "../subscriptions/relayed-subscriptions.ts";
import type { Deployment } from "../templates/resolved-templates.ts";
import type { Surroundings } from "./local-services.ts";

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
