import type { FindFunction } from "../api/read-http-api.ts";
import type { LocalClients } from "../emulators/local-clients.ts";
import type { Checkpoints } from "../event-sources/streams/checkpoints.ts";
import type { Clock } from "../processes/stack-clock.ts";

/** What everything that moves needs from the runner. */
export interface Surroundings {
  readonly find: FindFunction;
  readonly clients: LocalClients;
  readonly region: string;
  readonly account: string;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  /** By what the periods of schedules and the windows of queues are divided. */
  readonly timeLapse: number;
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
  /** What to do when a part fails for good: end the stack, unless it is ending anyway. */
  readonly endsWith: (what: string) => (error: unknown) => void;
}
