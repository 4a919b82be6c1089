import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { asyncRetries, type RetriesOf } from "../functions/async-retries.ts";
import { invokeLater } from "../functions/asynchronous-invocation.ts";
import type { Surroundings } from "../stack/local-services.ts";
import { type FindQueue, queueFinder } from "../templates/queue-finder.ts";
import type { Deployment } from "../templates/resolved-templates.ts";
import { runSchedule } from "./run-schedule.ts";
import { type NextAfter, readSchedule } from "./schedule-expression.ts";
import type { SchedulePlan } from "./schedule-plan.ts";
import { readScheduledRules } from "./scheduled-rules.ts";
import { readSchedules } from "./scheduler-schedules.ts";

type Send = (payload: string) => Promise<unknown>;
interface Ways {
  readonly findQueue: FindQueue;
  readonly retriesOf: RetriesOf;
}

/** Starts everything that goes by the clock; answers, one line each, what is not run. */
export function startSchedules(
  deployment: Deployment,
  surroundings: Surroundings,
): readonly string[] {
  const schedules = readSchedules(deployment, surroundings);
  const rules = readScheduledRules(deployment, surroundings);
  const ways = { findQueue: queueFinder(deployment), retriesOf: asyncRetries(deployment) };
  const notRun = [...schedules.notRun, ...rules.notRun];
  for (const plan of [...schedules.plans, ...rules.plans]) {
    const why = startPlan(plan, ways, surroundings);
    if (why !== undefined) notRun.push(`${plan.logicalId}: ${why}`);
  }
  return notRun;
}

/** Answers why, where it is not started. */
function startPlan(plan: SchedulePlan, ways: Ways, surroundings: Surroundings): string | undefined {
  if (!plan.isEnabled) return "the schedule is disabled";
  const send = sendTo(plan, ways, surroundings);
  if (send === undefined) return `a schedule of ${plan.target}`;
  const { clock, timeLapse } = surroundings;
  const reading = readSchedule(plan.expression, { ...plan, now: clock.now(), timeLapse });
  if (reading.kind === "unreadable") return `${plan.expression} (${reading.reason})`;
  start(plan, reading.nextAfter, send, surroundings);
  return undefined;
}

function start(
  { logicalId, arn, payload }: SchedulePlan,
  nextAfter: NextAfter,
  send: Send,
  { region, account, clock, timeLapse, stop, say, endsWith }: Surroundings,
): void {
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
  runSchedule(nextAfter, fire, clock).catch(endsWith(`the schedule ${logicalId}`));
}

function sendTo(
  { target, messageGroupId }: SchedulePlan,
  { findQueue, retriesOf }: Ways,
  { find, clients, clock }: Surroundings,
): Send | undefined {
  const invoke = find(target);
  if (invoke !== undefined) {
    const retries = retriesOf(target);
    return (payload) => invokeLater({ invoke, retries }, payload, clock);
  }
  const QueueUrl = findQueue(target);
  if (QueueUrl === undefined) return undefined;
  const group = messageGroupId === undefined ? {} : { MessageGroupId: messageGroupId };
  return (MessageBody) =>
    clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...group }));
}
