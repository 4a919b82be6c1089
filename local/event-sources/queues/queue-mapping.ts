import {
  type InvocationOutcome,
  type Invoke,
  stoppedLoop,
} from "../../functions/invocation-outcome.ts";
import type { StackClock } from "../../processes/stack-clock.ts";
import { splitIntoEvents } from "../event-size.ts";
import { reportedFailures } from "../item-failures.ts";
import { gatherBatch, type ReceiveRecords } from "./queue-batch.ts";
import type { QueueMappingSettings } from "./queue-mapping-settings.ts";
import type { SqsRecord } from "./sqs-record.ts";

/** What a running queue mapping depends on. */
export type QueueMappingPorts = {
  readonly receive: ReceiveRecords;
  readonly remove: (records: readonly SqsRecord[]) => Promise<void>;
  readonly invoke: Invoke;
  /** Called when Lambda does not invoke the function for a message, because that message is part of a loop. */
  readonly onLoop: (record: SqsRecord) => void;
  readonly clock: StackClock;
  /** Called when a batch cannot be removed, and when the stack stops. */
  readonly onFailure: (error: unknown) => void;
};

/** The records to delete from the queue after an invocation. A report that names a message of another batch fails the batch. */
export const doneRecords = (
  records: readonly SqsRecord[],
  invocation: InvocationOutcome,
  { reportsBatchItemFailures }: Pick<QueueMappingSettings, "reportsBatchItemFailures">,
): readonly SqsRecord[] => {
  if (invocation.kind === "failed") return [];
  if (!reportsBatchItemFailures) return records;
  const failed = reportedFailures(invocation.payload);
  const ids = new Set(records.map(({ messageId }) => messageId));
  if (failed === undefined || !failed.every((id) => ids.has(id))) return [];
  return records.filter(({ messageId }) => !failed.includes(messageId));
};

/**
 * Delivers a queue's messages to the function, as many batches in parallel as the mapping allows. Failed messages stay in
 * the queue, whose visibility timeout and redrive policy decide what happens next. Rejects when the stack stops.
 */
export const runQueueMapping = async (
  settings: QueueMappingSettings,
  ports: QueueMappingPorts,
): Promise<never> => {
  const { receive, remove, invoke, onLoop, clock, onFailure } = ports;
  const running = new Set<Promise<void>>();
  const deliver = async (records: readonly SqsRecord[]): Promise<void> => {
    const traceHeaders = records.flatMap(({ attributes }) => attributes["AWSTraceHeader"] ?? []);
    const invocation = await invoke(JSON.stringify({ Records: records }), undefined, traceHeaders);
    if (invocation !== stoppedLoop) {
      await remove(doneRecords(records, invocation, settings));
    } else if (records.length === 1) {
      records.forEach(onLoop);
    } else {
      // AWS does not say what becomes of a loop's companions in a batch. Here they go on, each for itself.
      for (const record of records) await deliver([record]);
    }
  };
  for (;;) {
    if (running.size >= settings.concurrency) await Promise.race(running);
    const batch = await gatherBatch(settings, receive, clock);
    for (const records of splitIntoEvents(batch, settings.batchSize)) {
      if (running.size >= settings.concurrency) await Promise.race(running);
      const delivery = deliver(records)
        .catch(onFailure)
        .finally(() => running.delete(delivery));
      running.add(delivery);
    }
  }
};
