import type { Invoke } from "../functions/invocation-outcome.ts";

/** An event source of a function, with its resolved properties, and the function. */
export type EventSource = {
  readonly logicalId: string;
  readonly properties: unknown;
  readonly invoke: Invoke;
};
