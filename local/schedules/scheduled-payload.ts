import { randomUUID } from "node:crypto";

/** The schedule or rule that is due. */
export type ScheduledOccasion = {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly due: number;
};

const isoSeconds = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");

/** The event of an EventBridge rule that has no input of its own. */
export const ruleEvent = ({ arn, account, region, due }: ScheduledOccasion): string =>
  JSON.stringify({
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account,
    time: isoSeconds(due),
    region,
    resources: [arn],
    detail: {},
  });

/** The input of a schedule with its context attributes filled in; without an input the event that EventBridge Scheduler makes. */
export const scheduleInput = (input: string | undefined, occasion: ScheduledOccasion): string => {
  const { arn, account, region, due } = occasion;
  if (input === undefined) {
    return JSON.stringify({
      version: "0",
      id: randomUUID(),
      "detail-type": "Scheduled Event",
      source: "aws.scheduler",
      account,
      time: isoSeconds(due),
      region,
      resources: [arn],
      detail: "{}",
    });
  }
  return input
    .replaceAll("<aws.scheduler.schedule-arn>", arn)
    .replaceAll("<aws.scheduler.scheduled-time>", isoSeconds(due))
    .replaceAll("<aws.scheduler.execution-id>", randomUUID())
    .replaceAll("<aws.scheduler.attempt-number>", "1");
};
