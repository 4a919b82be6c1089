import { type AlertRules, micros, type RuleContext } from "../rules.ts";
import { type Alert, addToTimeline, isOpen } from "./alert.ts";
import { dueOf } from "./due.ts";
import type { LossRecord } from "./loss.ts";
import { worst } from "./severity.ts";
import { joinCustomers, spanOf, summarizeLosses } from "./summarize-losses.ts";

/** Whether an incident accepts DNs that were not part of it: only shortly after its newest member joined. */
export const takesOthers = (
  incident: Alert,
  { updateLatestSeconds }: Pick<AlertRules, "updateLatestSeconds">,
  now: number,
): boolean =>
  isOpen(incident) && now < (incident.joinedAt ?? incident.openedAt) + micros(updateLatestSeconds);

/**
 * An incident that losses have joined, or whose members are worse off. Other DNs or a worse severity, of which no
 * subscriber was notified yet, are published a little later, together with what joins until then.
 */
export const joinLosses = (
  incident: Alert,
  { losses, hasOthers }: { losses: readonly LossRecord[]; hasOthers: boolean },
  context: RuleContext,
): Alert => {
  const { now } = context;
  const summary = summarizeLosses(losses);
  const severity = worst([incident.severity, summary.severity]);
  const isUnpublished = hasOthers || !incident.toldSeverities.includes(severity);
  const isRelapse = incident.quietSince !== undefined;
  const joined: Alert = {
    ...incident,
    severity,
    customers: joinCustomers(incident.customers, summary.customers),
    ...spanOf([incident.firstLostAt, incident.lastLostAt, summary.firstLostAt, summary.lastLostAt]),
    joinedAt: hasOthers ? now : incident.joinedAt,
    untoldSince: incident.untoldSince ?? (isUnpublished ? now : undefined),
    quietSince: undefined,
    timeline: isRelapse
      ? addToTimeline(incident.timeline, { at: now, what: "lost again" })
      : incident.timeline,
  };
  return { ...joined, dueAt: dueOf(joined, context) };
};
