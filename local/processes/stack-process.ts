import type { StartEnvironment } from "../functions/execution-environment.ts";
import type { StackDescription } from "../stack/stack-description.ts";
import type { Shutdown } from "./shutdown.ts";

/** What the parts of the stack need from the process that they run in. */
export type StackProcess = {
  /** Prints a line. */
  readonly say: (line: string) => void;
  readonly shutdown: Shutdown;
  /** Called when a part ends that should not have. */
  readonly onDeath: (what: string) => void;
  /** How an environment of a function is started; whoever tests faults puts them in between. */
  readonly startEnvironment?: StartEnvironment;
  /** Called when everything stands, before the first request is taken. */
  readonly beforeOpen?: (description: StackDescription) => Promise<void>;
};
