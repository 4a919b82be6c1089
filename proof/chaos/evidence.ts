import type { EvaluationRecord } from "./evaluations.ts";
import type { LoadEvent } from "./load.ts";
import type { PublishedMessage } from "./subscriber.ts";

/** A time in which the stack was not there, in microseconds: what its queues held is gone. */
export type StackOutage = {
  readonly from: number;
  readonly to: number;
};
/** What the checks go by, beside the stack's own state. */
export type Evidence = {
  readonly events: readonly LoadEvent[];
  /** What the topics took, repeats too. */
  readonly changes: readonly PublishedMessage[];
  readonly alerts: readonly PublishedMessage[];
  /** What the topic of changes took since the subscriber was there. */
  readonly demanded: readonly PublishedMessage[];
  /** The ids of what the subscriber got. */
  readonly received: ReadonlySet<string>;
  readonly outages: readonly StackOutage[];
  /** What the evaluator was asked to evaluate, and what it has evaluated. */
  readonly evaluations: readonly EvaluationRecord[];
  /** How much must lie where otherwise nothing may. */
  readonly leftovers: Readonly<Record<string, number>>;
};
