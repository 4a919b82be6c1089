import type { Invoke } from "../functions/invocation.ts";
import { nextStep, type RetrySettings } from "./batch-step.ts";
import type { StreamRecord } from "./stream-record.ts";

/** Records that were given up after so many invocations, and why. */
export interface GivenUpBatch {
  readonly records: readonly StreamRecord[];
  readonly condition: "RetryAttemptsExhausted" | "RecordAgeExceeded";
  readonly invocations: number;
}
/** What the delivery needs from outside. `now` gives milliseconds since 1970. */
export interface DeliveryPorts {
  readonly invoke: Invoke;
  readonly giveUp: (batch: GivenUpBatch) => Promise<void>;
  readonly now: () => number;
  /** Waits; rejects when the stack stops. */
  readonly wait: (milliseconds: number) => Promise<void>;
}
/** Brings a batch to the function. Resolves when each record was taken or given up, in order. */
export type DeliverBatch = (records: readonly StreamRecord[]) => Promise<void>;

/** Makes the delivery of a mapping: partial failures, bisecting, attempts and age as Lambda has them. */
export function createBatchDelivery(settings: RetrySettings, ports: DeliveryPorts): DeliverBatch {
  const { invoke, giveUp, wait } = ports;

  const deliver = async (records: readonly StreamRecord[], earlierInvocations: number) => {
    let open = records;
    let invocations = earlierInvocations;
    for (let attempts = 0; open.length > 0; ) {
      const invocation = await invoke(JSON.stringify({ Records: open }));
      invocations += 1;
      const step = nextStep(open, invocation, attempts, settings);
      if (step.kind === "done") return;
      if (step.kind === "give-up") {
        return await giveUp({ records: open, condition: "RetryAttemptsExhausted", invocations });
      }
      if (step.kind === "advance") open = open.slice(step.from);
      attempts = step.kind === "retry" ? attempts + 1 : 0;
      await wait(backoff(attempts));
      if (step.kind === "bisect") {
        await deliver(open.slice(0, step.middle), invocations);
        return await deliver(open.slice(step.middle), invocations);
      }
      open = await dropExpired(open, invocations, settings, ports);
    }
  };

  return (records) => deliver(records, 0);
}

/** Called between two invocations only: engines round the creation time, DynamoDB Local to the minute. */
async function dropExpired(
  records: readonly StreamRecord[],
  invocations: number,
  { maximumRecordAgeSeconds }: RetrySettings,
  { giveUp, now }: DeliveryPorts,
): Promise<readonly StreamRecord[]> {
  if (maximumRecordAgeSeconds < 0) return records;
  const oldest = now() / 1000 - maximumRecordAgeSeconds;
  const fresh = records.findIndex(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= oldest);
  const expired = fresh === -1 ? records : records.slice(0, fresh);
  if (expired.length > 0) {
    await giveUp({ records: expired, condition: "RecordAgeExceeded", invocations });
  }
  return records.slice(expired.length);
}

/** Faster than AWS, which waits up to a minute: nobody wants that at a desk. */
function backoff(attempts: number): number {
  return Math.min(5000, 100 * 2 ** Math.min(attempts, 10));
}
