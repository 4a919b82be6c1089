import { Duration } from "aws-cdk-lib";
import { maxServers } from "../../lambda/domain/rules.ts";
import type { HttpApi } from "../api/http-api.ts";
import { registrationMetric } from "../functions/registration-metrics.ts";
import type { Settings } from "../settings/settings.ts";
import type { AlarmDefinition } from "./alarms.ts";

/** What is wrong with requests: with the events in them, their signatures, or the API's answers. */
export const requestAlarms = (
  settings: Settings,
  { stage, throttledBridges }: HttpApi,
): AlarmDefinition[] => [
  {
    name: "events-rejected",
    metric: registrationMetric(settings, "EventsRejected"),
    threshold: 1,
    meaning: "A bridge sends events that break the contract: the status of their DNs may be wrong.",
    remedy: `npm run rejected -- list --stage ${settings.stage} shows which bridge and why; fix the bridge, then retry the events.`,
  },
  {
    name: "servers-refused",
    metric: registrationMetric(settings, "ServersRefused"),
    threshold: 1,
    meaning:
      "A bridge names T-Servers that its key does not hold, or too many of them: what it sends about these is rejected.",
    remedy: `npm run rejected -- list --stage ${settings.stage} shows which. If its key lacks one: npm run keys -- add --name BRIDGE --servers LIST --stage ${settings.stage}, give the bridge the new key, and revoke the old one. If there are too many: npm run retire those that are gone, or raise the setting serversPerKey. If the bridge invents names, correct it.`,
  },
  {
    name: "servers-many",
    metric: registrationMetric(settings, "ServersKnown").with({ statistic: "Maximum" }),
    threshold: 0.8 * maxServers,
    meaning: `The stage knows ${0.8 * maxServers} T-Servers or more; it takes ${maxServers}, and rejects events about others.`,
    remedy: `GET /v1/registrations?server=NAME shows what is behind a name; npm run retire -- --server NAME --note TEXT --stage ${settings.stage} frees the place of one that is gone.`,
  },
  {
    name: "events-ahead-of-clock",
    metric: registrationMetric(settings, "EventsAheadOfClock"),
    threshold: 1,
    meaning:
      "A T-Server's clock is more than 5 minutes ahead of AWS: its events win against later ones from a correct clock.",
    remedy:
      "set the clock of the T-Server's host; ingest rejects events that are more than 60 minutes ahead.",
  },
  {
    name: "stale-signatures",
    metric: registrationMetric(settings, "StaleSignaturesWithRightKey"),
    threshold: 1,
    meaning:
      "A known bridge signs with a time that differs from AWS's by more than 5 minutes: ingest refuses all its requests with 401.",
    remedy: "set the clock of the bridge's host; the bridge keeps its events meanwhile.",
  },
  {
    name: "stale-requests",
    metric: registrationMetric(settings, "StaleRequestsUnproven"),
    // One old request that is repeated counts once; a busy bridge whose clock jumps back sends different ones.
    threshold: 10,
    meaning:
      "Many different requests with a right signature have a time more than 5 minutes off, and ingest refuses them: a bridge's clock may have jumped back, or someone sends its old requests again.",
    remedy: `find the bridge in the WARN lines in the log group of ingest; if it is heard otherwise, make it a new key and revoke the old one (npm run keys -- add and revoke, --stage ${settings.stage}), else set the clock of its host.`,
  },
  {
    name: "signatures-refused",
    metric: registrationMetric(settings, "SignaturesRefused"),
    // A stranger tries once; a bridge whose key is wrong or was revoked keeps trying.
    threshold: 10,
    meaning:
      "ingest refuses the signatures of many requests: a bridge may sign with a wrong or revoked key, and its events do not arrive.",
    remedy: `find in the access log where the requests come from; npm run keys -- list --stage ${settings.stage} shows the live keys.`,
  },
  {
    name: "bridges-throttled",
    metric: throttledBridges,
    // A storm of registrations may go over the burst for a moment: bridges wait a second and send again.
    threshold: 100,
    meaning:
      "API Gateway answers bridges with 429: they keep their events and send them again, so the registrations here are late.",
    remedy:
      "find in the access log who sends so much; raise the setting throttling (rate, burst) if the bridges need more.",
  },
  {
    name: "api-5xx",
    metric: stage.metricServerError({ period: Duration.minutes(5), statistic: "Sum" }),
    // A single 503 is normal when a table is busy: bridges send again.
    threshold: 5,
    meaning:
      "The API answers with 5xx: bridges keep their events and send them again, and readers get no answer.",
    remedy:
      "find the route and its integrationError in the access log, then read the log of the route's function.",
  },
];
