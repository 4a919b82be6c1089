import type { ExecutionEnvironment } from "./execution-environment.ts";
import type { Invocation } from "./invocation.ts";

/** How a pool grows. */
export interface PoolSettings {
  readonly start: () => ExecutionEnvironment;
  /** How many environments there may be at once. */
  readonly maxEnvironments: number;
  /** How long an invocation waits for a free environment before another one is started. */
  readonly patienceMilliseconds: number;
}
/** The environments of a function: each is lent to one invocation at a time. */
export interface EnvironmentPool {
  /** Waits for a free environment. It may have died meanwhile, or failed to start. */
  readonly acquire: () => Promise<ExecutionEnvironment>;
  /** Takes an environment back, a dead one out of the pool. */
  readonly release: (environment: ExecutionEnvironment) => void;
  /** Starts one more; answers the error where the function cannot be loaded. */
  readonly grow: () => Promise<Invocation | undefined>;
  readonly stop: () => Promise<unknown>;
}

/** Makes an empty pool. */
export function createEnvironmentPool(settings: PoolSettings): EnvironmentPool {
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
    acquire: () => take(growSoon),
    release: (environment) => {
      if (environment.isAlive()) lend(environment);
      else if (all.delete(environment)) growWhenNeeded();
    },
    grow,
    stop: () => Promise.all([...all].map((environment) => environment.stop())),
  };
}

/** Free environments, or those who wait for one: never both. */
function createLending() {
  const idle: ExecutionEnvironment[] = [];
  const waiting: ((environment: ExecutionEnvironment) => void)[] = [];
  return {
    isAwaited: () => waiting.length > 0,
    // One that could not be loaded is lent too: its invocation is where the error shows.
    lend: (environment: ExecutionEnvironment) => {
      const first = waiting.shift();
      if (first === undefined) idle.push(environment);
      else first(environment);
    },
    take: (onWait: () => void) =>
      new Promise<ExecutionEnvironment>((resolve) => {
        const environment = idle.pop();
        if (environment !== undefined) return resolve(environment);
        waiting.push(resolve);
        onWait();
      }),
  };
}
