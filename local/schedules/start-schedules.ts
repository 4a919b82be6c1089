import { SendMessageCommand } from "@aws-sdk/client-sqs";
import {
  createRetriesOf,
  invokeAsynchronously,
  type RetriesOf,
} from "../functions/asynchronous-invocation.ts";
import type { LocalServices } from "../stack/local-services.ts";
import { createQueueFinder, type FindQueue } from "../templates/queue-finder.ts";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import { runSchedule } from "./run-schedule.ts";
import { type NextAfter, readSchedule } from "./schedule-expression.ts";
import type { SchedulePlan } from "./schedule-plan.ts";
import { readScheduledRules } from "./scheduled-rules.ts";
import { readSchedules } from "./scheduler-schedules.ts";

type Send = (payload: string) => Promise<unknown>;
type TargetFinders = {
  readonly findQueue: FindQueue;
  readonly retriesOf: RetriesOf;
};

const start = (
  { logicalId, arn, payload }: SchedulePlan,
  nextAfter: NextAfter,
  send: Send,
  { region, account, clock, timeLapse, stop, say, onFailureOf }: LocalServices,
): void => {
  let isRunning = false;
  const onFailure = (error: unknown) => {
    if (!stop.aborted) say(`${logicalId} failed: ${String(error)}`);
  };
  const fire = (due: number) => {
    // A divided period may be shorter than a run, and the runs would pile up.
    if (isRunning && timeLapse > 1) return;
    isRunning = true;
    send(payload({ arn, account, region, due }))
      .catch(onFailure)
      .finally(() => {
        isRunning = false;
      });
  };
  runSchedule(nextAfter, fire, clock).catch(onFailureOf(`the schedule ${logicalId}`));
};

const sendTo = (
  { target, messageGroupId }: SchedulePlan,
  { findQueue, retriesOf }: TargetFinders,
  { findFunction, clients, clock }: LocalServices,
): Send | undefined => {
  const invoke = findFunction(target);
  if (invoke !== undefined) {
    const retries = retriesOf(target);
    return (payload) => invokeAsynchronously({ invoke, retries }, payload, clock);
  }
  const QueueUrl = findQueue(target);
  if (QueueUrl === undefined) return undefined;
  const group = messageGroupId === undefined ? {} : { MessageGroupId: messageGroupId };
  return (MessageBody) =>
    clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...group }));
};

/** Starts a plan; returns why not when it cannot. */
const startPlan = (
  plan: SchedulePlan,
  finders: TargetFinders,
  services: LocalServices,
): string | undefined => {
  if (!plan.isEnabled) return "the schedule is disabled";
  const send = sendTo(plan, finders, services);
  if (send === undefined) return `a schedule of ${plan.target}`;
  const { clock, timeLapse } = services;
  const reading = readSchedule(plan.expression, { ...plan, now: clock.now(), timeLapse });
  if (reading.kind === "unreadable") return `${plan.expression} (${reading.reason})`;
  start(plan, reading.nextAfter, send, services);
  return undefined;
};

/** Starts all schedules and scheduled rules; returns what is not run, one line each. */
export const startSchedules = (
  templates: ResolvedTemplates,
  services: LocalServices,
): readonly string[] => {
  const schedules = readSchedules(templates, services);
  const rules = readScheduledRules(templates, services);
  const finders = {
    findQueue: createQueueFinder(templates),
    retriesOf: createRetriesOf(templates),
  };
  const notRun = [...schedules.notRun, ...rules.notRun];
  for (const plan of [...schedules.plans, ...rules.plans]) {
    const why = startPlan(plan, finders, services);
    if (why !== undefined) notRun.push(`${plan.logicalId}: ${why}`);
  }
  return notRun;
};
