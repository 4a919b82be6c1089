import { addToTimeline } from "./add-to-timeline.ts";
import type { Alert, Severity } from "./alert.ts";
import {
  dueOf,
  isIncident,
  isReached,
  type RuleContext,
  remindAt,
  resolveAt,
  tellJoinedAt,
} from "./due.ts";
import { worst } from "./summarize-losses.ts";

/**
 * How things stand with what an alert is about. `relapses`: how often the same came back and went again so far; `severity`
 * of what is missing; `count` of DNs that are or were members; `endedAt`: when the last one came back, where that is known.
 */
export type AlertFacts = {
  isOngoing: boolean;
  endedAt?: number | undefined;
  relapses: number;
  severity: Severity;
  count: number;
};

/** Why an alert is told again. */
export type UpdateReason = "resolved" | "flapping" | "escalated" | "joined" | "reminded";

/** An alert as it must be written next, and why that is told, if it is. */
export type Step = { alert: Alert; telling: UpdateReason | undefined };

const flappingRelapses = 3;

const isWorse = (alert: Alert, severity: Severity): boolean =>
  severity === "critical" && !alert.toldSeverities.includes("critical");

const describeTurn = (before: Alert, { isOngoing }: AlertFacts): string | undefined => {
  if (isOngoing) return before.quietSince === undefined ? undefined : "lost again";
  return before.quietSince === undefined ? "nothing is missing any more" : undefined;
};

const learn = (alert: Alert, facts: AlertFacts, { rules, now }: RuleContext): Alert => {
  const { isOngoing, endedAt = 0, relapses, severity, count } = facts;
  const hasNews = isIncident(alert) && (count !== alert.count || isWorse(alert, severity));
  // Those who joined may all have been counted when the incident was told of.
  const isOldNews = !hasNews && isReached(tellJoinedAt(alert, rules), now);
  const turn = describeTurn(alert, facts);
  return {
    ...alert,
    quietSince: isOngoing ? undefined : Math.max(alert.quietSince ?? now, endedAt),
    relapses: Math.max(alert.relapses, relapses),
    severity: isIncident(alert) ? worst([alert.severity, severity]) : alert.severity,
    untoldSince: isOldNews ? undefined : (alert.untoldSince ?? (hasNews ? now : undefined)),
    timeline:
      turn === undefined ? alert.timeline : addToTimeline(alert.timeline, { at: now, what: turn }),
  };
};

const findTelling = (
  alert: Alert,
  { isOngoing, severity }: AlertFacts,
  { rules, now }: RuleContext,
): UpdateReason | undefined => {
  if (isReached(resolveAt(alert, rules), now)) return "resolved";
  if (alert.relapses >= flappingRelapses && !alert.flapping) return "flapping";
  if (isOngoing && !isIncident(alert) && isWorse(alert, severity)) return "escalated";
  if (isReached(tellJoinedAt(alert, rules), now)) return "joined";
  return isOngoing && isReached(remindAt(alert, rules), now) ? "reminded" : undefined;
};

const tellingInWords: Readonly<Record<UpdateReason, string>> = {
  resolved: "resolved",
  flapping: "told that it is flapping",
  escalated: "told that it is critical now",
  joined: "told of more DNs",
  reminded: "told again",
};

const resolve = (alert: Alert, now: number): Alert => {
  const { dueAt: _, untoldSince: __, ...rest } = alert;
  return { ...rest, status: "resolved", resolvedAt: now, notice: "alert.resolved" };
};

const update = (alert: Alert, present: Severity, now: number): Alert => {
  const severity = isIncident(alert) ? alert.severity : present;
  return {
    ...alert,
    severity,
    toldSeverities: [...new Set([...alert.toldSeverities, severity])],
    flapping: alert.relapses >= flappingRelapses,
    untoldSince: undefined,
    remindedAt: now,
    notice: "alert.updated",
  };
};

const tell = (
  alert: Alert,
  { telling, severity }: { telling: UpdateReason; severity: Severity },
  now: number,
) => {
  const told = telling === "resolved" ? resolve(alert, now) : update(alert, severity, now);
  const timeline = addToTimeline(told.timeline, { at: now, what: tellingInWords[telling] });
  return { ...told, timeline };
};

const isSame = (a: Alert, b: Alert): boolean =>
  a.quietSince === b.quietSince &&
  a.relapses === b.relapses &&
  a.severity === b.severity &&
  a.untoldSince === b.untoldSince;

/**
 * The next step of an open alert: told that more joined, that it flaps, that it got worse, again, or that it is resolved; or
 * only written, with the time of the next look. Undefined where there is nothing to write.
 */
export const nextStep = (
  before: Alert,
  facts: AlertFacts,
  clock: RuleContext,
): Step | undefined => {
  const { now } = clock;
  const known = learn({ ...before, notice: undefined }, facts, clock);
  const telling = findTelling(known, facts, clock);
  if (telling === undefined && isSame(before, known) && !isReached(before.dueAt ?? now, now)) {
    return undefined;
  }
  const told =
    telling === undefined ? known : tell(known, { telling, severity: facts.severity }, now);
  const revised = { ...told, revision: before.revision + 1 };
  const dueAt = revised.status === "resolved" ? undefined : dueOf(revised, clock);
  return { alert: { ...revised, dueAt }, telling };
};
