import type { RuleContext } from "../rules.ts";
import type { AlertAdvance } from "./advance-alert.ts";
import type { Alert } from "./alert.ts";
import { type AlertFacts, applyFacts } from "./apply-facts.ts";
import type { Severity } from "./severity.ts";

/** Something that is or is not wrong with a server or a bridge, and what its alert says of it. */
export type AlertCondition = {
  subject: string;
  kind: "server" | "bridge";
  server: string;
  application?: string | undefined;
  severity: Severity;
  title: string;
  endTitle?: string | undefined;
  /** What an alert's resolution is when it ends as things stand: `restored` by default. */
  endResolution?: string | undefined;
};

/** How an alert about a server or a bridge will end, as things stand. */
export const endResolutionOf = ({ endResolution = "restored" }: Pick<Alert, "endResolution">) =>
  endResolution;

/** The facts of an alert about a server or a bridge, whose condition is or is not so now. */
export const conditionFacts = (alert: Alert, isOngoing: boolean): AlertFacts => ({
  isOngoing,
  relapses: alert.relapses + (isOngoing && alert.quietSince !== undefined ? 1 : 0),
  severity: alert.severity,
  count: 0,
});

/** Makes an open alert about a condition agree with it: keeps it, takes it back, or lets it end. Undefined where there is nothing to write. */
export const applyCondition = (
  alert: Alert,
  condition: AlertCondition,
  isOngoing: boolean,
  context: RuleContext,
): AlertAdvance | undefined => {
  const { endTitle = alert.endTitle, endResolution, severity, title } = condition;
  const isWorse = isOngoing && severity === "critical" && alert.severity === "warning";
  const known = { ...alert, endTitle, endResolution, ...(isWorse ? { title } : {}) };
  const facts = conditionFacts(alert, isOngoing);
  const advance = applyFacts(known, isWorse ? { ...facts, severity } : facts, context);
  if (advance !== undefined) return advance;
  // It ends otherwise than it did when that was written, and no subscriber need know before it does.
  return endResolutionOf(known) === endResolutionOf(alert) ? undefined : { alert: known };
};
