import type { Context, SQSBatchResponse } from "aws-lambda";
import * as v from "valibot";
import { inParallel } from "../async/in-parallel.ts";
import type { EvaluationMessage, NamedLosses } from "../domain/alerting/evaluation-message.ts";
import type { AlertKey } from "../domain/alerting/loss.ts";
import type { ConnectionKey } from "../domain/connection/connection.ts";
import type { EmitMetrics, Log } from "../ports/telemetry.ts";
import type { SweepMessage } from "../use-cases/evaluate/sweep.ts";
import { type Job, readJobs } from "./evaluation-jobs.ts";

/** What the handler needs. */
export type EvaluateHandlerDependencies = {
  evaluateLosses: (server: string, losses: Readonly<NamedLosses>) => Promise<void>;
  settleAlert: (key: AlertKey) => Promise<void>;
  evaluateConnection: (key: ConnectionKey) => Promise<void>;
  releaseHeld: (server: string) => Promise<void>;
  sweep: (message: SweepMessage, isTimeShort: () => boolean) => Promise<void>;
  runSchedule: (thorough: boolean) => Promise<void>;
  /** Makes SQS deliver messages again sooner than the queue would. */
  retrySooner: (messages: readonly { receiptHandle: string; receives: number }[]) => Promise<void>;
  log: Log;
  emitMetrics: EmitMetrics;
};

const QueueEventSchema = v.object({
  Records: v.array(
    v.object({
      messageId: v.string(),
      body: v.string(),
      receiptHandle: v.string(),
      attributes: v.object({ ApproximateReceiveCount: v.pipe(v.string(), v.toNumber()) }),
    }),
  ),
});
const ScheduleEventSchema = v.object({
  "detail-type": v.literal("Scheduled Event"),
  time: v.optional(v.string(), ""),
});
const EventSchema = v.union([QueueEventSchema, ScheduleEventSchema]);

type ReceivedRecord = v.InferOutput<typeof QueueEventSchema>["Records"][number];
type Remaining = Pick<Context, "getRemainingTimeInMillis">;

const width = 8;
// A sweep's step takes a second or two, and other jobs may still wait for their first.
const shortMilliseconds = 30_000;
const fullHour = /T\d\d:00/;

// A scheduled run fails with all that failed in it, part by part.
const failuresOf = (error: unknown): unknown[] => {
  if (!(error instanceof AggregateError)) return [error];
  const errors: unknown[] = error.errors;
  return errors.flatMap(failuresOf);
};

/**
 * Builds the evaluator's handler, of its queue and of the schedule. The queue delivers a message again when it cannot
 * be read or its work failed; the others are done. A scheduled run is counted when it is complete; one that failed in
 * part throws, so that the failure is counted.
 */
export const createEvaluateHandler = (dependencies: EvaluateHandlerDependencies) => {
  const { log, emitMetrics } = dependencies;
  // The first run of a new execution environment is thorough: what an earlier environment left undone is unknown.
  let isThorough = true;

  const fail = (count: number, fields: Readonly<Record<string, unknown>>): void => {
    log("error", "evaluation failed", fields);
    emitMetrics([{ name: "EvaluationsFailed", value: count, unit: "Count" }]);
  };

  const run = (message: EvaluationMessage, isTimeShort: () => boolean): Promise<void> => {
    switch (message.kind) {
      case "losses":
        return dependencies.evaluateLosses(message.server, message.losses);
      case "alert":
        return dependencies.settleAlert(message);
      case "connection":
        return dependencies.evaluateConnection(message);
      case "release":
        return dependencies.releaseHeld(message.server);
      case "sweep":
        return dependencies.sweep(message, isTimeShort);
    }
  };

  // Returns the messages that must be delivered again.
  const tryJob = async ({ messageIds, message }: Job, isTimeShort: () => boolean) => {
    try {
      await run(message, isTimeShort);
      return [];
    } catch (error) {
      fail(messageIds.length, { messageIds, kind: message.kind, error });
      return messageIds;
    }
  };

  const deliverSooner = async (records: readonly ReceivedRecord[]): Promise<void> => {
    if (records.length === 0) return;
    const messages = records.map(({ receiptHandle, attributes }) => ({
      receiptHandle,
      receives: attributes.ApproximateReceiveCount,
    }));
    await dependencies.retrySooner(messages).catch((error: unknown) => {
      log("warn", "what failed comes again only when its visibility timeout ends", { error });
    });
  };

  const takeBatch = async (
    records: readonly ReceivedRecord[],
    context: Remaining,
  ): Promise<SQSBatchResponse> => {
    const { jobs, unreadable } = readJobs(records);
    if (unreadable.length > 0) {
      fail(unreadable.length, { messageIds: unreadable, reason: "the message cannot be read" });
    }
    const isTimeShort = () => context.getRemainingTimeInMillis() < shortMilliseconds;
    const failed = await inParallel(width, jobs, (job) => tryJob(job, isTimeShort));
    const identifiers = [...unreadable, ...failed.flat()];
    await deliverSooner(records.filter(({ messageId }) => identifiers.includes(messageId)));
    return { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) };
  };

  const runSchedule = async (time: string): Promise<void> => {
    try {
      await dependencies.runSchedule(isThorough || fullHour.test(time));
      isThorough = false;
      emitMetrics([{ name: "ScheduledRuns", value: 1, unit: "Count" }]);
    } catch (error) {
      for (const failure of failuresOf(error)) fail(1, { schedule: time, error: failure });
      throw error;
    }
  };

  return async (event: unknown, context: Remaining): Promise<SQSBatchResponse | undefined> => {
    const read = v.parse(EventSchema, event);
    if ("Records" in read) return takeBatch(read.Records, context);
    await runSchedule(read.time);
    return undefined;
  };
};
