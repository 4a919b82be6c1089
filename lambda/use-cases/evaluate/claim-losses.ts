import { inParallel, storeWidth } from "../../async/in-parallel.ts";
import { type AlertReference, addToTrail, type LossIn } from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

/** The alert that losses are claimed for, and why as text. */
export type Claim = { alert: AlertReference; words: string };

/**
 * Builds the function that claims losses for an alert before that alert is written: of several evaluators that want to
 * alert one loss, one gets it. Returns the losses that this evaluator got.
 */
export const createClaimLosses = ({
  writeLoss,
  emitMetrics,
  now,
}: Pick<EvaluatePorts, "writeLoss" | "emitMetrics" | "now">) => {
  const claim = async (
    { record }: Candidate,
    { alert: { subject, number, alertId }, words }: Claim,
  ): Promise<LossIn<"claimed">[]> => {
    const claimed = {
      ...record,
      state: "claimed" as const,
      alert: { subject, number, alertId },
      trail: addToTrail(record.trail, now(), words),
    };
    return (await writeLoss(claimed)) === "written" ? [claimed] : [];
  };

  return async (candidates: readonly Candidate[], wanted: Claim): Promise<LossIn<"claimed">[]> => {
    const results = await inParallel(storeWidth, candidates, (one) => claim(one, wanted));
    const claimed = results.flat();
    if (claimed.length > 0) {
      emitMetrics([{ name: "LossesAlerted", value: claimed.length, unit: "Count" }]);
    }
    return claimed;
  };
};
