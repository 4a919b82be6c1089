import { isOpen, subjects } from "../../domain/alerting/alert.ts";
import { addToTrail, recordOf } from "../../domain/alerting/loss.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import type { DecidedLoss } from "./write-decisions.ts";

/**
 * Builds the function that makes a loss that was over within its hold-down a member of the open alert about its DN
 * alone, if there is one: a DN that comes and goes keeps its alert open, however brief each loss is.
 */
export const createAttachBriefLoss =
  ({ readLatestAlert }: Pick<EvaluatePorts, "readLatestAlert">) =>
  async (decided: DecidedLoss): Promise<DecidedLoss> => {
    const { snapshot, decision } = decided;
    if (decision.kind !== "ended" || decision.loss.as !== "brief") return decided;
    const { loss } = decision;
    const alert = await readLatestAlert(subjects.dn(loss.server, loss.thisDN));
    if (!isOpen(alert)) return decided;
    const { subject, number, alertId } = alert;
    const words = `part of alert ${alertId}, which is open`;
    const attached = {
      ...recordOf(loss),
      state: "over" as const,
      as: "member" as const,
      endedAt: loss.endedAt,
      endedBy: loss.endedBy,
      alert: { subject, number, alertId },
      trail: addToTrail(loss.trail, loss.decidedAt, words),
    };
    return { snapshot: { ...snapshot, alert }, decision: { kind: "ended", loss: attached } };
  };
