import type { RuleContext } from "../rules.ts";
import type { AlertAdvance } from "./advance-alert.ts";
import type { Alert } from "./alert.ts";
import { type AlertFacts, applyFacts } from "./apply-facts.ts";
import type { AlertText } from "./headline.ts";
import type { Severity } from "./severity.ts";

/** A condition of a server or a bridge that may be ongoing, and what its alert says about it. */
export type AlertCondition = {
  subject: string;
  kind: "server" | "bridge";
  server: string;
  application?: string | undefined;
  severity: Severity;
  text: AlertText;
  endText?: AlertText | undefined;
  /** The alert's resolution if it ends as things stand: `restored` by default. */
  endResolution?: string | undefined;
};

/** How an alert about a server or a bridge will end, as things stand. */
export const endResolutionOf = ({ endResolution = "restored" }: Pick<Alert, "endResolution">) =>
  endResolution;

/** The facts of an alert about a server or a bridge whose condition is or is not ongoing. */
export const conditionFacts = (alert: Alert, isOngoing: boolean): AlertFacts => ({
  isOngoing,
  relapses: alert.relapses + (isOngoing && alert.quietSince !== undefined ? 1 : 0),
  severity: alert.severity,
  count: 0,
});

/**
 * Makes an open alert about a condition agree with it: keeps it, reopens it, or lets it end. Undefined where there is
 * nothing to write.
 */
export const applyCondition = (
  alert: Alert,
  condition: AlertCondition,
  isOngoing: boolean,
  context: RuleContext,
): AlertAdvance | undefined => {
  const { endText = alert.endText, endResolution, severity, text } = condition;
  const isWorse = isOngoing && severity === "critical" && alert.severity === "warning";
  const known = { ...alert, endText, endResolution, ...(isWorse ? { text } : {}) };
  const facts = conditionFacts(alert, isOngoing);
  const advance = applyFacts(known, isWorse ? { ...facts, severity } : facts, context);
  if (advance !== undefined) return advance;
  // Only the way in which it will end has changed, and no subscriber needs to know that before it ends.
  return endResolutionOf(known) === endResolutionOf(alert) ? undefined : { alert: known };
};
