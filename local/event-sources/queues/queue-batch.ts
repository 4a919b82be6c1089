import type { StackClock } from "../../processes/stack-clock.ts";
import { bytesOfRecords, maxEventBytes } from "../event-size.ts";
import type { QueueMappingSettings } from "./queue-mapping-settings.ts";
import type { SqsRecord } from "./sqs-record.ts";

/** Receives up to `maximum` messages; waits up to `waitSeconds` for the first one. */
export type ReceiveRecords = (
  maximum: number,
  waitSeconds: number,
) => Promise<readonly SqsRecord[]>;

const longestWaitSeconds = 20;
const shortWaitMilliseconds = 100;

/**
 * Waits for a first message, then collects more until the batch is full or the window is over. The last messages may be too
 * many for one event.
 */
export const gatherBatch = async (
  { batchSize, windowMilliseconds }: Pick<QueueMappingSettings, "batchSize" | "windowMilliseconds">,
  receive: ReceiveRecords,
  { now, wait }: StackClock,
): Promise<readonly SqsRecord[]> => {
  const batch: SqsRecord[] = [];
  while (batch.length === 0) batch.push(...(await receive(batchSize, longestWaitSeconds)));
  const end = now() + windowMilliseconds;
  let bytes = bytesOfRecords(batch);
  while (batch.length < batchSize && bytes < maxEventBytes && now() < end) {
    const left = end - now();
    const waitSeconds = Math.min(longestWaitSeconds, Math.floor(left / 1000));
    // SQS waits whole seconds only.
    if (waitSeconds === 0) await wait(Math.min(shortWaitMilliseconds, left));
    const more = await receive(batchSize - batch.length, waitSeconds);
    batch.push(...more);
    bytes += bytesOfRecords(more);
  }
  return batch;
};
