import type { Invoke } from "../functions/invocation-outcome.ts";

/** An event source mapping with its resolved properties, and the function that it invokes. */
export type EventSource = {
  readonly logicalId: string;
  readonly properties: unknown;
  readonly invoke: Invoke;
};
