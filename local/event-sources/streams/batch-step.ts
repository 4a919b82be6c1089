import type { InvocationOutcome } from "../../functions/invocation-outcome.ts";
import { reportedFailures } from "../item-failures.ts";
import type { StreamMappingSettings } from "./stream-mapping-settings.ts";
import type { StreamRecord } from "./stream-source.ts";

/** The part of a mapping's settings that says what happens after a failure. */
export type RetrySettings = Pick<
  StreamMappingSettings,
  "reportsBatchItemFailures" | "bisectsOnError" | "maximumRetryAttempts" | "maximumRecordAgeSeconds"
>;
/** What to do with a batch after an invocation. */
export type BatchStep =
  | { readonly kind: "done" }
  /** The records before `from` are done; the others start over. */
  | { readonly kind: "advance"; readonly from: number }
  | { readonly kind: "bisect"; readonly middle: number }
  | { readonly kind: "retry" }
  | { readonly kind: "give-up" };

/** How many records from the start of the batch are done. */
const countDone = (
  records: readonly StreamRecord[],
  invocation: InvocationOutcome,
  { reportsBatchItemFailures }: RetrySettings,
): number => {
  if (invocation.kind === "failed") return 0;
  if (!reportsBatchItemFailures) return records.length;
  const failures = reportedFailures(invocation.payload);
  if (failures === undefined) return 0;
  const positions = failures.map((identifier) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === identifier),
  );
  // An identifier of another batch fails the whole batch: its position is -1.
  return Math.max(0, Math.min(records.length, ...positions));
};

/** Decides as Lambda does: progress first, then bisecting (which costs no attempt), then attempts. */
export const nextBatchStep = (
  records: readonly StreamRecord[],
  invocation: InvocationOutcome,
  attempts: number,
  settings: RetrySettings,
): BatchStep => {
  const done = countDone(records, invocation, settings);
  if (done === records.length) return { kind: "done" };
  if (done > 0) return { kind: "advance", from: done };
  if (settings.bisectsOnError && records.length > 1) {
    return { kind: "bisect", middle: Math.ceil(records.length / 2) };
  }
  const maximum = settings.maximumRetryAttempts;
  return { kind: maximum >= 0 && attempts >= maximum ? "give-up" : "retry" };
};
