import { type AlertRules, micros, type RuleContext } from "../rules.ts";
import type { Alert } from "./alert.ts";

/** When those that joined an incident must be told of: once nobody joins any more, or when that takes too long. */
export const tellJoinedAt = (
  { joinedAt, openedAt, untoldSince }: Alert,
  { updateQuietSeconds, updateLatestSeconds }: AlertRules,
): number | undefined =>
  untoldSince === undefined
    ? undefined
    : Math.min(
        Math.max(joinedAt ?? openedAt, untoldSince) + micros(updateQuietSeconds),
        untoldSince + micros(updateLatestSeconds),
      );

/** When an alert that nobody has acknowledged must be told again. */
export const remindAt = (
  { status, openedAt, remindedAt }: Alert,
  { remindSeconds }: AlertRules,
): number | undefined =>
  remindSeconds === 0 || status !== "open"
    ? undefined
    : (remindedAt ?? openedAt) + micros(remindSeconds);

/** When an alert is over of which nothing is missing any more. */
export const resolveAt = (
  { quietSince }: Alert,
  { holdOpenSeconds }: AlertRules,
): number | undefined =>
  quietSince === undefined ? undefined : quietSince + micros(holdOpenSeconds);

/** When an open alert must be looked at again, by our clock in microseconds: when something is due, and every now and then. */
export const dueOf = (alert: Alert, { rules, now }: RuleContext): number =>
  Math.min(
    now + micros(rules.lookAgainSeconds),
    ...[tellJoinedAt(alert, rules), resolveAt(alert, rules), remindAt(alert, rules)].filter(
      (time) => time !== undefined,
    ),
  );

/** Whether a time has come. */
export const isReached = (time: number | undefined, now: number): boolean =>
  time !== undefined && now >= time;
