import { type AlertRules, micros } from "../rules.ts";
import { addToTimeline } from "./add-to-timeline.ts";
import type { Alert } from "./alert.ts";
import { dueOf, type RuleContext } from "./due.ts";
import type { Loss } from "./loss.ts";
import { isOpen } from "./loss-snapshot.ts";
import { joinCustomers, spanOf, summarizeLosses, worst } from "./summarize-losses.ts";

/** Whether an incident takes DNs that were not part of it: not long after the newest one joined. */
export const takesOthers = (
  incident: Alert,
  { updateLatestSeconds }: Pick<AlertRules, "updateLatestSeconds">,
  now: number,
): boolean =>
  isOpen(incident) && now < (incident.joinedAt ?? incident.openedAt) + micros(updateLatestSeconds);

/**
 * An incident that losses have joined, or members of which are worse off. What nobody was told of, other DNs or a worse
 * severity, is told a little later, with whatever joins until then.
 */
export const joinIncident = (
  incident: Alert,
  { losses, hasOthers }: { losses: readonly Loss[]; hasOthers: boolean },
  clock: RuleContext,
): Alert => {
  const { now } = clock;
  const summary = summarizeLosses(losses);
  const severity = worst([incident.severity, summary.severity]);
  const isUntold = hasOthers || !incident.toldSeverities.includes(severity);
  const isRelapse = incident.quietSince !== undefined;
  const joined: Alert = {
    ...incident,
    revision: incident.revision + 1,
    notice: undefined,
    severity,
    customers: joinCustomers(incident.customers, summary.customers),
    ...spanOf([incident.firstLostAt, incident.lastLostAt, summary.firstLostAt, summary.lastLostAt]),
    joinedAt: hasOthers ? now : incident.joinedAt,
    untoldSince: incident.untoldSince ?? (isUntold ? now : undefined),
    quietSince: undefined,
    timeline: isRelapse
      ? addToTimeline(incident.timeline, { at: now, what: "lost again" })
      : incident.timeline,
  };
  return { ...joined, dueAt: dueOf(joined, clock) };
};
