import type { ExecutionEnvironment } from "./execution-environment.ts";
import type { InvocationOutcome } from "./invocation-outcome.ts";

/** How a pool grows. */
export type PoolSettings = {
  readonly start: () => ExecutionEnvironment;
  /** How many environments there may be at once. */
  readonly maxEnvironments: number;
  /** How long an invocation waits for a free environment before another one is started. */
  readonly patienceMilliseconds: number;
};
/** The environments of a function: each is lent to one invocation at a time. */
export type EnvironmentPool = {
  /**
   * Waits for a free environment, which may have died or failed to start. Undefined when none is free in time; without a
   * time it waits as long as it takes.
   */
  readonly acquire: (withinMilliseconds?: number) => Promise<ExecutionEnvironment | undefined>;
  /** Returns an environment to the pool, which drops a dead one. */
  readonly release: (environment: ExecutionEnvironment) => void;
  /** Starts one more; resolves with the error when the function cannot be loaded. */
  readonly grow: () => Promise<InvocationOutcome | undefined>;
  readonly stop: () => Promise<unknown>;
};

/** Holds free environments or waiting invocations, never both. */
const createLending = () => {
  const idle: ExecutionEnvironment[] = [];
  const waiting: ((environment: ExecutionEnvironment) => void)[] = [];
  return {
    isAwaited: () => waiting.length > 0,
    // An environment that could not load its function is lent too: its invocation reports the error.
    lend: (environment: ExecutionEnvironment) => {
      const first = waiting.shift();
      if (first === undefined) idle.push(environment);
      else first(environment);
    },
    take: (onWait: () => void, withinMilliseconds: number | undefined) =>
      new Promise<ExecutionEnvironment | undefined>((resolve) => {
        const environment = idle.pop();
        if (environment !== undefined) return resolve(environment);
        const giveUp = () => {
          waiting.splice(waiting.indexOf(getIt), 1);
          resolve(undefined);
        };
        const timer =
          withinMilliseconds === undefined ? undefined : setTimeout(giveUp, withinMilliseconds);
        const getIt = (free: ExecutionEnvironment) => {
          clearTimeout(timer);
          resolve(free);
        };
        waiting.push(getIt);
        onWait();
      }),
  };
};

/** Makes an empty pool. */
export const createEnvironmentPool = (settings: PoolSettings): EnvironmentPool => {
  const all = new Set<ExecutionEnvironment>();
  const { lend, take, isAwaited } = createLending();
  const grow = async () => {
    const environment = settings.start();
    all.add(environment);
    const failure = await environment.ready;
    lend(environment);
    return failure;
  };
  const growWhenNeeded = () => {
    if (isAwaited() && all.size < settings.maxEnvironments) void grow();
  };
  const growSoon = () => {
    if (all.size === 0) growWhenNeeded();
    else setTimeout(growWhenNeeded, settings.patienceMilliseconds).unref();
  };
  return {
    acquire: (withinMilliseconds) => take(growSoon, withinMilliseconds),
    release: (environment) => {
      if (environment.isAlive()) lend(environment);
      else if (all.delete(environment)) growWhenNeeded();
    },
    grow,
    stop: () => Promise.all([...all].map((environment) => environment.stop())),
  };
};
