import type { ScheduledOccasion } from "./scheduled-payload.ts";

/** One target of a schedule or of a rule, as the templates have it. */
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
/** The plans of a kind of resource, and a line for each setting that cannot be followed here. */
export type SchedulePlans = {
  readonly plans: readonly SchedulePlan[];
  readonly notRun: readonly string[];
};
/** Where the schedules would live on AWS. */
export type ScheduleLocation = {
  readonly region: string;
  readonly account: string;
};
