import { inParallel } from "../../async/in-parallel.ts";
import { addToTrail } from "../../domain/alerting/add-to-trail.ts";
import type { Alert } from "../../domain/alerting/alert.ts";
import type { Loss } from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { type AlertingDependencies, width } from "./alerting-dependencies.ts";

/** What of an alert a loss that is part of it remembers, and how it became so in words. */
export type Claim = { alert: Pick<Alert, "subject" | "number" | "alertId">; words: string };

/**
 * Builds what writes losses down as parts of an alert, before that alert is told: of several evaluators that want to tell of
 * one loss, one gets it. Gives back the losses that it got.
 */
export const createClaimLosses = ({
  writeLoss,
  emitMetrics,
  now,
}: Pick<AlertingDependencies, "writeLoss" | "emitMetrics" | "now">) => {
  const claim = async ({ loss }: Candidate, { alert, words }: Claim): Promise<Loss[]> => {
    const { subject, number, alertId } = alert;
    const claimed: Loss = {
      ...loss,
      alert: { subject, number, alertId },
      trail: addToTrail(loss.trail, now(), words),
    };
    return (await writeLoss(claimed)) === "written" ? [claimed] : [];
  };

  return async (candidates: readonly Candidate[], wanted: Claim): Promise<Loss[]> => {
    const results = await inParallel(width, candidates, (one) => claim(one, wanted));
    const claimed = results.flat();
    if (claimed.length > 0) {
      emitMetrics([{ name: "LossesAlerted", value: claimed.length, unit: "Count" }]);
    }
    return claimed;
  };
};

/** Claims losses for an alert (see `createClaimLosses`). */
export type ClaimLosses = ReturnType<typeof createClaimLosses>;
