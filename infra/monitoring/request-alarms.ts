import { registrationMetric } from "../functions/registration-metrics.ts";
import type { Settings } from "../settings/settings.ts";
import type { AlarmDefinition } from "./alarms.ts";

/** What is wrong with the events that come in. */
export const eventAlarms = (settings: Settings): AlarmDefinition[] => [
  {
    name: "events-rejected",
    metric: registrationMetric(settings, "EventsRejected"),
    threshold: 1,
    meaning: "A bridge sends events that break the contract; the status of their DNs may be wrong.",
    remedy: `npm run rejected -- list --stage ${settings.stage} says which bridge and why; mend it, then retry them.`,
  },
  {
    name: "events-ahead-of-clock",
    metric: registrationMetric(settings, "EventsAheadOfClock"),
    threshold: 1,
    meaning:
      "A T-Server's time is more than 5 minutes ahead of ours: its events outlive later ones of a right clock.",
    remedy:
      "set the clock of the T-Server's host; more than 60 minutes ahead, events are rejected.",
  },
  {
    name: "stale-signatures",
    metric: registrationMetric(settings, "StaleSignaturesWithRightKey"),
    threshold: 1,
    meaning:
      "A known bridge signs with a time more than 5 minutes off ours: everything it sends is refused with 401.",
    remedy:
      "set the clock of the bridge's host, or find who repeats its old requests; the bridge keeps its events meanwhile.",
  },
  {
    name: "signatures-refused",
    metric: registrationMetric(settings, "SignaturesRefused"),
    // A stranger tries once; a bridge whose key is wrong or was revoked keeps trying.
    threshold: 10,
    meaning:
      "Requests are refused for their signature again and again: a bridge may sign with a wrong or revoked key, and is then unheard.",
    remedy: `see in the access log where they come from; npm run keys -- list --stage ${settings.stage} shows the live keys.`,
  },
];
