import type { RuleContext } from "../rules.ts";
import type { AlertAdvance } from "./advance-alert.ts";
import { type Alert, addToTimeline, isIncident } from "./alert.ts";
import { dueOf, isReached, publishJoinedAt, remindAt, resolveAt } from "./due.ts";
import { type Severity, worst } from "./severity.ts";

/**
 * The present facts about an alert's subject. `relapses`: how often the same DN or condition came back and was lost
 * again so far; `severity` of what is missing; `count` of DNs that are or were members; `endedAt`: when the last one
 * came back, where that is known.
 */
export type AlertFacts = {
  isOngoing: boolean;
  endedAt?: number | undefined;
  relapses: number;
  severity: Severity;
  count: number;
};

/** Why subscribers are notified of an open alert again. */
export type UpdateReason = "resolved" | "flapping" | "escalated" | "joined" | "reminded";

const flappingRelapses = 3;

const isWorse = (alert: Alert, severity: Severity): boolean =>
  severity === "critical" && !alert.toldSeverities.includes("critical");

const describeTurn = (before: Alert, { isOngoing }: AlertFacts): string | undefined => {
  if (isOngoing) return before.quietSince === undefined ? undefined : "lost again";
  return before.quietSince === undefined ? "nothing is missing any more" : undefined;
};

const learn = (alert: Alert, facts: AlertFacts, { rules, now }: RuleContext): Alert => {
  const { isOngoing, endedAt = 0, relapses, severity, count } = facts;
  const hasUpdate = isIncident(alert) && (count !== alert.count || isWorse(alert, severity));
  // The members that joined may all have been counted when the incident was last published.
  const isPublished = !hasUpdate && isReached(publishJoinedAt(alert, rules), now);
  const turn = describeTurn(alert, facts);
  return {
    ...alert,
    quietSince: isOngoing ? undefined : Math.max(alert.quietSince ?? now, endedAt),
    relapses: Math.max(alert.relapses, relapses),
    severity: isIncident(alert) ? worst([alert.severity, severity]) : alert.severity,
    untoldSince: isPublished ? undefined : (alert.untoldSince ?? (hasUpdate ? now : undefined)),
    timeline:
      turn === undefined ? alert.timeline : addToTimeline(alert.timeline, { at: now, what: turn }),
  };
};

const findReason = (
  alert: Alert,
  { isOngoing, severity }: AlertFacts,
  { rules, now }: RuleContext,
): UpdateReason | undefined => {
  if (isReached(resolveAt(alert, rules), now)) return "resolved";
  if (alert.relapses >= flappingRelapses && !alert.flapping) return "flapping";
  if (isOngoing && !isIncident(alert) && isWorse(alert, severity)) return "escalated";
  if (isReached(publishJoinedAt(alert, rules), now)) return "joined";
  return isOngoing && isReached(remindAt(alert, rules), now) ? "reminded" : undefined;
};

const timelineText: Readonly<Record<UpdateReason, string>> = {
  resolved: "resolved",
  flapping: "notified that it is flapping",
  escalated: "notified that it is critical now",
  joined: "notified of more DNs",
  reminded: "notified again",
};

const resolve = ({ dueAt: _, untoldSince: __, ...rest }: Alert, now: number): Alert => ({
  ...rest,
  status: "resolved",
  resolvedAt: now,
});

const update = (alert: Alert, present: Severity, now: number): Alert => {
  const severity = isIncident(alert) ? alert.severity : present;
  return {
    ...alert,
    severity,
    toldSeverities: [...new Set([...alert.toldSeverities, severity])],
    flapping: alert.relapses >= flappingRelapses,
    untoldSince: undefined,
    remindedAt: now,
  };
};

const isSame = (a: Alert, b: Alert): boolean =>
  a.quietSince === b.quietSince &&
  a.relapses === b.relapses &&
  a.severity === b.severity &&
  a.untoldSince === b.untoldSince;

/**
 * Advances an open alert by the facts. Subscribers are notified that more DNs joined, that it flaps, that it got worse,
 * that it is resolved, or as a reminder; or the alert is only written, with the time of the next check. Undefined where
 * there is nothing to write.
 */
export const applyFacts = (
  before: Alert,
  facts: AlertFacts,
  context: RuleContext,
): AlertAdvance | undefined => {
  const { now } = context;
  const known = learn(before, facts, context);
  const reason = findReason(known, facts, context);
  if (reason === undefined) {
    const isNothingNew = isSame(before, known) && !isReached(before.dueAt ?? now, now);
    return isNothingNew ? undefined : { alert: { ...known, dueAt: dueOf(known, context) } };
  }
  const isResolved = reason === "resolved";
  const alert = isResolved ? resolve(known, now) : update(known, facts.severity, now);
  return {
    alert: {
      ...alert,
      timeline: addToTimeline(alert.timeline, { at: now, what: timelineText[reason] }),
      dueAt: isResolved ? undefined : dueOf(alert, context),
    },
    notification: isResolved ? "alert.resolved" : "alert.updated",
    reason,
  };
};
