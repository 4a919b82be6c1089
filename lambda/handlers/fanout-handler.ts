import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type { EmitFigures, Log } from "../domain/ports.ts";
import type { StatusWrite, Telling, TellWrites } from "../domain/telling/fan-out.ts";
import { fanOutFigures } from "../domain/telling/fan-out-figures.ts";

/** What the handler needs; `readWrite` throws on a record that is none of ours. */
export type FanoutHandlerDependencies = {
  readWrite: (record: DynamoDBRecord) => StatusWrite;
  tellWrites: TellWrites;
  keepFailedChange: (record: DynamoDBRecord, detail: string) => Promise<void>;
  log: Log;
  emitFigures: EmitFigures;
};

const recordsPerStep = 10; // As many as one PublishBatch takes.

type Step = readonly DynamoDBRecord[];

// To Lambda an empty identifier means that the whole batch failed.
const sequenceNumberOf = (record: DynamoDBRecord | undefined): string =>
  record?.dynamodb?.SequenceNumber ?? "";

/**
 * Builds the handler of the table's stream: in order, ten records at a time, up to the first that cannot be told now. A record
 * that can never be told goes whole to the failed changes, and the batch goes on.
 */
export const createFanoutHandler = (dependencies: FanoutHandlerDependencies) => {
  const { readWrite, tellWrites, keepFailedChange, log, emitFigures } = dependencies;

  const read = (record: DynamoDBRecord): StatusWrite | undefined => {
    try {
      return readWrite(record);
    } catch {
      return undefined;
    }
  };

  const tell = async (step: Step): Promise<Telling[]> => {
    const writes = step.map(read);
    const readable = writes.filter((write) => write !== undefined);
    const tellings = (await tellWrites(readable)).values();
    const unreadable: Telling = { kind: "refused", detail: "the record is no status of ours" };
    return writes.map((write) => (write && tellings.next().value) ?? unreadable);
  };

  // Gives the sequence number to start again from, if any.
  const settle = async (step: Step, tellings: readonly Telling[]): Promise<string | undefined> => {
    for (const [index, telling] of tellings.entries()) {
      const record = step[index];
      const sequenceNumber = sequenceNumberOf(record);
      if (telling.kind === "failed") return sequenceNumber;
      if (telling.kind === "refused" && record !== undefined) {
        log("error", "change refused", { sequenceNumber, detail: telling.detail });
        await keepFailedChange(record, telling.detail);
      }
    }
    return undefined;
  };

  const doStep = async (step: Step): Promise<string | undefined> => {
    try {
      const tellings = await tell(step);
      emitFigures(fanOutFigures(tellings));
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
