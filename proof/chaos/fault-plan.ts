import { between } from "../../samples/random.ts";

/** What befalls one call on its way to a service; `half` and `kill` are only for calls that they fit. */
export type Fault =
  | { readonly kind: "none" }
  /** The call arrives late. */
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** The connection is reset, and the service has heard nothing. */
  | { readonly kind: "reset" }
  /** The service did it, and the connection is reset before the answer. */
  | { readonly kind: "answer-dropped" }
  | { readonly kind: "throttled" }
  | { readonly kind: "error-500" }
  /** Half of a batch is done, the other half reported as not done. */
  | { readonly kind: "half" }
  /** The service did it, and the caller's environment is killed before the answer. */
  | { readonly kind: "killed" };
/** Draws the fault of the next call, knowing whether it is a batch. */
export type FaultPlan = (isBatch: boolean) => Fault;

const kinds = ["reset", "answer-dropped", "throttled", "error-500", "killed"] as const;
// Of the draws: a kill costs a start of the function, which is most of a second.
const weights: Readonly<Record<(typeof kinds)[number] | "latency", number>> = {
  latency: 40,
  reset: 12,
  "answer-dropped": 12,
  throttled: 14,
  "error-500": 10,
  killed: 3,
};

const ordinaryRate = 0.04;
// Of the batches: they are few among the calls.
const halfRate = 0.15;
const burstRate = 0.6;
const burstChance = 1 / 1500;
// Where few call, a burst would last for ever, as they wait longer each time.
const burstMilliseconds = 5000;

const drawKind = (random: () => number): Fault => {
  let left = random() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  for (const kind of kinds) {
    left -= weights[kind];
    if (left < 0) return { kind };
  }
  return { kind: "latency", milliseconds: between(random, 5, 400) };
};

/**
 * Makes a plan out of a seeded generator: few faults, and now and then a burst in which most calls of some dozens, or of some
 * seconds, fail, so that the SDK's own repeats are used up and invocations fail.
 */
export const createFaultPlan = (random: () => number, now: () => number): FaultPlan => {
  let burst = 0;
  let burstEnd = 0;
  const moveOn = (): void => {
    if (burst > 0) burst = now() < burstEnd ? burst - 1 : 0;
    else if (random() < burstChance) {
      burst = between(random, 15, 50);
      burstEnd = now() + burstMilliseconds;
    }
  };
  return (isBatch) => {
    if (isBatch && random() < halfRate) return { kind: "half" };
    moveOn();
    return random() < (burst > 0 ? burstRate : ordinaryRate) ? drawKind(random) : { kind: "none" };
  };
};
