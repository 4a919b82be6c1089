import { holdDownOf, micros } from "../rules.ts";
import type { Loss } from "./loss.ts";
import {
  type Circumstances,
  type LossDecision,
  nothing,
  toleratedMicros,
} from "./loss-decision.ts";
import type { LossFacts } from "./loss-facts.ts";
import { describeFacts, type Present, toLoss } from "./present-loss.ts";

const isWorse = (loss: Loss, facts: LossFacts): boolean =>
  (facts.severity === "critical" && loss.severity === "warning") ||
  facts.applications.length > loss.applications.length;

/** Decides on a loss that is part of an open alert: whether it is told otherwise now. Worse is held down and explained like a loss of its own. */
export const decideChange = (
  look: Present,
  { rules, findInhibitor, now }: Circumstances,
): LossDecision => {
  const { key, loss, facts, status } = look;
  const tell = ({
    applications,
    severity,
    reason,
  }: Pick<Loss, "applications" | "severity" | "reason">) =>
    JSON.stringify([applications, severity, reason.evidence]);
  if (loss === undefined || tell(loss) === tell(facts)) return nothing;
  if (isWorse(loss, facts)) {
    // Another application's loss is held down and explained like any other.
    const rest = status.changedAt + micros(holdDownOf(rules, key)) - now;
    if (rest > toleratedMicros) return { kind: "wait", seconds: rest / 1_000_000, loss: undefined };
    if (findInhibitor({ ...key, applications: facts.applications }) !== undefined) return nothing;
  }
  const written = toLoss(look, "alerted", { words: `now ${describeFacts(facts)}`, now });
  return { kind: "changed", loss: { ...written, alert: loss.alert } };
};
