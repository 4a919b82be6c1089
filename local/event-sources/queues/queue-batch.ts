import type { Clock } from "../../processes/stack-clock.ts";
import type { QueueMappingSettings } from "./queue-mapping-settings.ts";
import type { QueueRecord } from "./sqs-record.ts";

/** Takes up to ten messages; waits up to so many seconds for the first one. */
export type ReceiveRecords = (
  maximum: number,
  waitSeconds: number,
) => Promise<readonly QueueRecord[]>;

const longestWaitSeconds = 20;
const shortWaitMilliseconds = 100;
const maxBatchBytes = 6 * 1024 * 1024;

/** Waits for a first message, then collects until the batch is full or the window is over. */
export async function gatherBatch(
  { batchSize, windowMilliseconds }: Pick<QueueMappingSettings, "batchSize" | "windowMilliseconds">,
  receive: ReceiveRecords,
  { now, wait }: Clock,
): Promise<readonly QueueRecord[]> {
  const batch: QueueRecord[] = [];
  while (batch.length === 0) batch.push(...(await receive(batchSize, longestWaitSeconds)));
  const end = now() + windowMilliseconds;
  let bytes = sizeOf(batch);
  while (batch.length < batchSize && bytes < maxBatchBytes && now() < end) {
    const left = end - now();
    const waitSeconds = Math.min(longestWaitSeconds, Math.floor(left / 1000));
    // SQS waits whole seconds only.
    if (waitSeconds === 0) await wait(Math.min(shortWaitMilliseconds, left));
    const more = await receive(batchSize - batch.length, waitSeconds);
    batch.push(...more);
    bytes += sizeOf(more);
  }
  return batch;
}

function sizeOf(records: readonly QueueRecord[]): number {
  return records.reduce((bytes, { body }) => bytes + Buffer.byteLength(body), 0);
}
