import type { ScheduledOccasion } from "./scheduled-payload.ts";

/** One target of a schedule or of a rule in the templates. */
export type SchedulePlan = {
  readonly logicalId: string;
  readonly isEnabled: boolean;
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  readonly timezone: string;
  /** Milliseconds since 1970. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly arn: string;
  readonly target: string;
  /** Of a target that is a FIFO queue. */
  readonly messageGroupId: string | undefined;
  readonly payload: (occasion: ScheduledOccasion) => string;
};
/** The plans of one type of resource, and one line for each setting that the local stack does not support. */
export type SchedulePlans = {
  readonly plans: readonly SchedulePlan[];
  readonly notRun: readonly string[];
};
/** Where the schedules would live on AWS. */
export type ScheduleLocation = {
  readonly region: string;
  readonly account: string;
};
