import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type { EmitMetrics, Log } from "../ports/telemetry.ts";
import { publishMetrics } from "../use-cases/fanout/publish-metrics.ts";
import type {
  PreparedWrite,
  PublishOutcome,
  PublishWrites,
} from "../use-cases/fanout/publish-writes.ts";

/**
 * What the handler needs; `prepare` throws on a record that is not a write of a status or an alert, or of which no
 * message can be made.
 */
export type FanoutHandlerDependencies = {
  prepare: (record: DynamoDBRecord) => PreparedWrite;
  publishWrites: PublishWrites;
  keepFailedChange: (record: DynamoDBRecord, detail: string) => Promise<void>;
  log: Log;
  emitMetrics: EmitMetrics;
};

const recordsPerStep = 10; // As many as one PublishBatch takes.

type Step = readonly DynamoDBRecord[];

// To Lambda an empty identifier means that the whole batch failed.
const sequenceNumberOf = (record: DynamoDBRecord | undefined): string =>
  record?.dynamodb?.SequenceNumber ?? "";

/**
 * Builds the handler of the tables' streams: in order, ten records at a time, up to the first that cannot be published
 * now. A record that can never be published goes whole to the queue of failed changes, and the batch goes on.
 */
export const createFanoutHandler = (dependencies: FanoutHandlerDependencies) => {
  const { prepare, publishWrites, keepFailedChange, log, emitMetrics } = dependencies;

  const tryPrepare = (record: DynamoDBRecord): PreparedWrite | undefined => {
    try {
      return prepare(record);
    } catch {
      // The record is kept whole, so there is no need to log content that may hold Extensions.
      return undefined;
    }
  };

  const publishStep = async (step: Step): Promise<PublishOutcome[]> => {
    const prepared = step.map(tryPrepare);
    const outcomes = (await publishWrites(prepared.filter((one) => one !== undefined))).values();
    const unreadable: PublishOutcome = {
      kind: "refused",
      detail: "the record cannot be read, or no message can be made of it",
    };
    return prepared.map((write) => (write && outcomes.next().value) ?? unreadable);
  };

  // Returns the sequence number to start again from, if any.
  const settle = async (
    step: Step,
    outcomes: readonly PublishOutcome[],
  ): Promise<string | undefined> => {
    for (const [index, outcome] of outcomes.entries()) {
      const record = step[index];
      const sequenceNumber = sequenceNumberOf(record);
      if (outcome.kind === "failed") {
        log("warn", "change not published yet", { sequenceNumber, detail: outcome.detail });
        return sequenceNumber;
      }
      if (outcome.kind === "refused" && record !== undefined) {
        log("error", "change refused", { sequenceNumber, detail: outcome.detail });
        await keepFailedChange(record, outcome.detail);
      }
      if (outcome.kind === "published" && outcome.refusedText !== undefined) {
        const detail = outcome.refusedText;
        log("error", "alert published, but its text refused", { sequenceNumber, detail });
      }
    }
    return undefined;
  };

  const doStep = async (step: Step): Promise<string | undefined> => {
    try {
      const outcomes = await publishStep(step);
      emitMetrics(publishMetrics(outcomes));
      return await settle(step, outcomes);
    } catch (error) {
      const sequenceNumber = sequenceNumberOf(step[0]);
      log("error", "records not published", { sequenceNumber, error });
      return sequenceNumber;
    }
  };

  return async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (let start = 0; start < Records.length; start += recordsPerStep) {
      const failed = await doStep(Records.slice(start, start + recordsPerStep));
      if (failed !== undefined) return { batchItemFailures: [{ itemIdentifier: failed }] };
    }
    return { batchItemFailures: [] };
  };
};
