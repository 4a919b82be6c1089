import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type { EmitMetrics, Log } from "../ports/telemetry.ts";
import { publishMetrics } from "../use-cases/fanout/publish-metrics.ts";
import type {
  PreparedWrite,
  PublishOutcome,
  PublishWrites,
} from "../use-cases/fanout/publish-writes.ts";

/** What the handler needs; `prepare` throws on a record that is none of ours or cannot be put in words. */
export type FanoutHandlerDependencies = {
  prepare: (record: DynamoDBRecord) => PreparedWrite;
  tell: PublishWrites;
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
 * Builds the handler of the tables' streams: in order, ten records at a time, up to the first that cannot be told now. A record
 * that can never be told goes whole to the failed changes, and the batch goes on.
 */
export const createFanoutHandler = (dependencies: FanoutHandlerDependencies) => {
  const { prepare, tell, keepFailedChange, log, emitMetrics } = dependencies;

  const tryPrepare = (record: DynamoDBRecord): PreparedWrite | undefined => {
    try {
      return prepare(record);
    } catch {
      // The record is kept whole, so nothing need be logged of what may hold Extensions.
      return undefined;
    }
  };

  const tellStep = async (step: Step): Promise<PublishOutcome[]> => {
    const prepared = step.map(tryPrepare);
    const tellings = (await tell(prepared.filter((one) => one !== undefined))).values();
    const unreadable: PublishOutcome = {
      kind: "refused",
      detail: "the record cannot be read or put in words",
    };
    return prepared.map((news) => (news && tellings.next().value) ?? unreadable);
  };

  // Gives the sequence number to start again from, if any.
  const settle = async (
    step: Step,
    tellings: readonly PublishOutcome[],
  ): Promise<string | undefined> => {
    for (const [index, telling] of tellings.entries()) {
      const record = step[index];
      const sequenceNumber = sequenceNumberOf(record);
      if (telling.kind === "failed") {
        log("warn", "change not told yet", { sequenceNumber, detail: telling.detail });
        return sequenceNumber;
      }
      if (telling.kind === "refused" && record !== undefined) {
        log("error", "change refused", { sequenceNumber, detail: telling.detail });
        await keepFailedChange(record, telling.detail);
      }
    }
    return undefined;
  };

  const doStep = async (step: Step): Promise<string | undefined> => {
    try {
      const tellings = await tellStep(step);
      emitMetrics(publishMetrics(tellings));
      return await settle(step, tellings);
    } catch (error) {
      const sequenceNumber = sequenceNumberOf(step[0]);
      log("error", "records not told", { sequenceNumber, error });
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
