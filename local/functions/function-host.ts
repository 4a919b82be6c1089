import { createEnvironmentPool } from "./environment-pool.ts";
import { type StartEnvironment, startEnvironment } from "./execution-environment.ts";
import type { FunctionDefinition } from "./function-definition.ts";
import { limitResponse } from "./invocation-limits.ts";
import {
  failedInvocation,
  type InvocationOutcome,
  type Invoke,
  stoppedLoop,
} from "./invocation-outcome.ts";
import { countInvocations, longestChain, nextTraceHeader } from "./lineage.ts";

/** Lambda for one function: as many environments as it needs, each with one invocation at a time. */
export type FunctionHost = {
  readonly invoke: Invoke;
  /** Starts the first environment; resolves with the error when the function cannot be loaded. */
  readonly warm: () => Promise<InvocationOutcome | undefined>;
  readonly stop: () => Promise<unknown>;
};
/** What a host needs besides the function. */
export type FunctionHostOptions = {
  readonly log: (text: string) => void;
  readonly onFailure: (invocation: InvocationOutcome) => void;
  readonly maxEnvironments?: number;
  readonly start?: StartEnvironment | undefined;
};

// Lambda's text. The caller gets it, `onFailure` does not: a busy machine is not a failure of the function.
const throttled = failedInvocation("throttled", "TooManyRequestsException", "Rate Exceeded.");

/** Makes the host; nothing is started before the first invocation or `warm`. */
export const createFunctionHost = (
  definition: FunctionDefinition,
  { log, onFailure, maxEnvironments = 4, start = startEnvironment }: FunctionHostOptions,
): FunctionHost => {
  const { name, allowsLoops } = definition;
  let stopped = false;
  const pool = createEnvironmentPool({
    start: () => start(definition, log),
    maxEnvironments,
    patienceMilliseconds: 25,
  });
  const invoke: Invoke = async (payload, turnWithinMilliseconds, traceHeaders = []) => {
    if (!allowsLoops && countInvocations(traceHeaders, name) >= longestChain) return stoppedLoop;
    const environment = await pool.acquire(turnWithinMilliseconds);
    if (environment === undefined) return throttled;
    const outcome = environment.isAlive()
      ? await environment.invoke(payload, nextTraceHeader(traceHeaders, name))
      : await environment.ready;
    pool.release(environment);
    // The environment died while it was idle, which is not this invocation's failure.
    if (outcome === undefined) return await invoke(payload, turnWithinMilliseconds, traceHeaders);
    const invocation = limitResponse(outcome);
    if (invocation.kind === "failed" && !stopped) onFailure(invocation);
    return invocation;
  };
  return {
    warm: pool.grow,
    invoke,
    stop: async () => {
      stopped = true;
      await pool.stop();
    },
  };
};
