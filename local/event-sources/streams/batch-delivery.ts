import type { Invoke } from "../../functions/invocation-outcome.ts";
import { type BatchStep, nextBatchStep, type RetrySettings } from "./batch-step.ts";
import type { StreamRecord } from "./stream-source.ts";

/** Records that were given up, after how many invocations, and why. */
export type GivenUpBatch = {
  readonly records: readonly StreamRecord[];
  readonly condition: "RetryAttemptsExhausted" | "RecordAgeExceeded";
  readonly invocations: number;
};
/** What the delivery depends on. `now` gives milliseconds since 1970. */
export type DeliveryPorts = {
  readonly invoke: Invoke;
  readonly giveUp: (batch: GivenUpBatch) => Promise<void>;
  readonly now: () => number;
  /** Waits; rejects when the stack stops. */
  readonly wait: (milliseconds: number) => Promise<void>;
};
/** Delivers a batch to the function, in order. Resolves when each record is processed or given up. */
export type DeliverBatch = (records: readonly StreamRecord[]) => Promise<void>;

/** What is left to do of a batch. */
type Progress = {
  readonly open: readonly StreamRecord[];
  /** Since the last progress. */
  readonly attempts: number;
  readonly invocations: number;
};

/** Called only between two invocations, because engines round the creation time, DynamoDB Local to the minute. */
const dropExpired = async (
  records: readonly StreamRecord[],
  invocations: number,
  { maximumRecordAgeSeconds }: RetrySettings,
  { giveUp, now }: DeliveryPorts,
): Promise<readonly StreamRecord[]> => {
  if (maximumRecordAgeSeconds < 0) return records;
  const oldest = now() / 1000 - maximumRecordAgeSeconds;
  const fresh = records.findIndex(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= oldest);
  const expired = fresh === -1 ? records : records.slice(0, fresh);
  if (expired.length > 0) {
    await giveUp({ records: expired, condition: "RecordAgeExceeded", invocations });
  }
  return records.slice(expired.length);
};

/** Shorter than on AWS, which waits up to a minute: too long for a developer who watches. */
const backoff = (attempts: number): number => Math.min(5000, 100 * 2 ** Math.min(attempts, 10));

const goOn = async (progress: Progress, settings: RetrySettings, ports: DeliveryPorts) => {
  await ports.wait(backoff(progress.attempts));
  const { open, invocations } = progress;
  return { ...progress, open: await dropExpired(open, invocations, settings, ports) };
};

const takeStep = async (
  step: BatchStep,
  { open, attempts, invocations }: Progress,
  settings: RetrySettings,
  ports: DeliveryPorts,
): Promise<Progress> => {
  const finished = { open: [], attempts: 0, invocations };
  switch (step.kind) {
    case "done":
      return finished;
    case "give-up":
      await ports.giveUp({ records: open, condition: "RetryAttemptsExhausted", invocations });
      return finished;
    case "advance":
      return await goOn({ open: open.slice(step.from), attempts: 0, invocations }, settings, ports);
    case "retry":
      return await goOn({ open, attempts: attempts + 1, invocations }, settings, ports);
    case "bisect":
      await ports.wait(backoff(0));
      for (const half of [open.slice(0, step.middle), open.slice(step.middle)]) {
        await deliver({ open: half, attempts: 0, invocations }, settings, ports);
      }
      return finished;
  }
};

const deliver = async (
  start: Progress,
  settings: RetrySettings,
  ports: DeliveryPorts,
): Promise<void> => {
  let progress = start;
  while (progress.open.length > 0) {
    const { open, attempts } = progress;
    const invocation = await ports.invoke(JSON.stringify({ Records: open }));
    const step = nextBatchStep(open, invocation, attempts, settings);
    const invoked = { ...progress, invocations: progress.invocations + 1 };
    progress = await takeStep(step, invoked, settings, ports);
  }
};

/** Makes the delivery of a mapping, with Lambda's partial failures, bisecting, maximum attempts and maximum age. */
export const createBatchDelivery =
  (settings: RetrySettings, ports: DeliveryPorts): DeliverBatch =>
  (open) =>
    deliver({ open, attempts: 0, invocations: 0 }, settings, ports);
