import { Duration } from "aws-cdk-lib";
import type { DataByName } from "../data-by-name.ts";
import type { AlarmDefinition } from "./alarms.ts";

const failed = { statistic: "Sum", period: Duration.minutes(5) };

/** Messages that SNS could not deliver to a subscriber, after all its attempts. */
export const topicAlarms = ({
  changes,
  alerts,
  alertTexts,
}: DataByName["topics"]): AlarmDefinition[] => [
  {
    name: "alerts-undelivered",
    metric: alerts.metricNumberOfNotificationsFailed(failed),
    threshold: 1,
    meaning: "SNS could not deliver alerts to a subscriber: it does not hear of lost DNs.",
    remedy:
      "find the subscription whose endpoint refuses (its dead-letter queue has the messages), repair it, then run npm run redrive.",
  },
  {
    name: "alert-texts-undelivered",
    metric: alertTexts.metricNumberOfNotificationsFailed(failed),
    threshold: 1,
    meaning: "SNS could not deliver an e-mail or SMS about an alert: a person does not hear of it.",
    remedy:
      "find the subscription whose address or number refuses (its dead-letter queue has the texts), and look at npm run alerts -- --open. Of SMS, check the account's spending limit and sandbox.",
  },
  {
    name: "changes-undelivered",
    metric: changes.metricNumberOfNotificationsFailed(failed),
    threshold: 1,
    meaning: "SNS could not deliver changes to a subscriber: its copy of the registrations is old.",
    remedy:
      "find the subscription whose endpoint refuses (its dead-letter queue has the messages), repair it, then run npm run redrive.",
  },
];
