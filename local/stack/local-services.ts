import type { LocalClients } from "../emulators/local-clients.ts";
import type { Checkpoints } from "../event-sources/streams/checkpoints.ts";
import type { StreamTrimmer } from "../event-sources/streams/stream-trimmer.ts";
import type { FindFunction } from "../functions/function-registry.ts";
import type { StackClock } from "../processes/stack-clock.ts";

/** What the event sources, subscriptions and schedules of the running stack use. */
export type LocalServices = {
  readonly findFunction: FindFunction;
  readonly clients: LocalClients;
  readonly region: string;
  readonly account: string;
  readonly checkpoints: Checkpoints;
  /** Undefined when the streams need no trimming. */
  readonly trimmer: StreamTrimmer | undefined;
  readonly clock: StackClock;
  /** The divisor of schedules' periods and queues' batching windows. */
  readonly timeLapse: number;
  /** Aborted when the stack stops. */
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
  /** Makes the handler of a part's permanent failure: it ends the stack, unless the stack is already stopping. */
  readonly onFailureOf: (what: string) => (error: unknown) => void;
};
