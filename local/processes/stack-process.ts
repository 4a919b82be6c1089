import type { StartEnvironment } from "../functions/execution-environment.ts";
import type { StackDescription } from "../stack/stack-description.ts";
import type { Shutdown } from "./shutdown.ts";

/** The process that runs the local stack: how it prints, stops and starts functions. */
export type StackProcess = {
  /** Prints a line for people, who see it wrapped to their terminal. */
  readonly say: (line: string) => void;
  /** Prints lines as they are: programs may wait for them, people may paste them. */
  readonly print: (lines: string) => void;
  readonly shutdown: Shutdown;
  /** Called when a part of the stack ends unexpectedly. */
  readonly onDeath: (what: string) => void;
  /** Starts an environment of a function; the chaos run replaces it to inject faults. */
  readonly startEnvironment?: StartEnvironment;
  /** Called when everything runs, before the API takes its first request. */
  readonly beforeOpen?: (description: StackDescription) => Promise<void>;
};
