import { type AlertRules, micros, type RuleContext } from "../rules.ts";
import type { Alert } from "./alert.ts";

/** When the members that joined an incident must be published: once no more DNs join, or when that takes too long. */
export const publishJoinedAt = (
  { joinedAt, openedAt, untoldSince }: Alert,
  { updateQuietSeconds, updateLatestSeconds }: AlertRules,
): number | undefined =>
  untoldSince === undefined
    ? undefined
    : Math.min(
        Math.max(joinedAt ?? openedAt, untoldSince) + micros(updateQuietSeconds),
        untoldSince + micros(updateLatestSeconds),
      );

/** When an alert that no person has acknowledged must be published again, while DNs are missing. */
export const remindAt = (
  { status, openedAt, remindedAt, quietSince }: Alert,
  { remindSeconds }: AlertRules,
): number | undefined =>
  remindSeconds === 0 || status !== "open" || quietSince !== undefined
    ? undefined
    : (remindedAt ?? openedAt) + micros(remindSeconds);

/** When an alert without missing DNs is over. */
export const resolveAt = (
  { quietSince }: Alert,
  { holdOpenSeconds }: AlertRules,
): number | undefined =>
  quietSince === undefined ? undefined : quietSince + micros(holdOpenSeconds);

/**
 * When the evaluator must check an open alert again, by our clock in microseconds: when something is due, and at
 * regular intervals.
 */
export const dueOf = (alert: Alert, { rules, now }: RuleContext): number =>
  Math.min(
    now + micros(rules.lookAgainSeconds),
    ...[publishJoinedAt(alert, rules), resolveAt(alert, rules), remindAt(alert, rules)].filter(
      (time) => time !== undefined,
    ),
  );

/** Whether a time has been reached. */
export const isReached = (time: number | undefined, now: number): boolean =>
  time !== undefined && now >= time;
