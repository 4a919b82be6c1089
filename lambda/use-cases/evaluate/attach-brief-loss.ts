import { addToTrail } from "../../domain/alerting/add-to-trail.ts";
import { subjects } from "../../domain/alerting/alert.ts";
import { isOpen } from "../../domain/alerting/loss-snapshot.ts";
import type { AlertingDependencies } from "./alerting-dependencies.ts";
import type { Decided } from "./write-decisions.ts";

/**
 * Builds what makes a loss that was over within its hold-down part of the alert about its DN alone, where that is open: a DN
 * that comes and goes keeps its alert open, however short each loss is.
 */
export const createAttachBriefLoss =
  ({ readLatestAlert }: Pick<AlertingDependencies, "readLatestAlert">) =>
  async (decided: Decided): Promise<Decided> => {
    const { look, decision } = decided;
    if (decision.kind !== "ended" || decision.loss.state !== "passed") return decided;
    const { loss } = decision;
    const alert = await readLatestAlert(subjects.dn(loss.server, loss.thisDN));
    if (!isOpen(alert)) return decided;
    const { subject, number, alertId } = alert;
    const words = `part of alert ${alertId}, which is open`;
    const trail = addToTrail(loss.trail, loss.decidedAt, words);
    const adopted = {
      ...loss,
      state: "alerted" as const,
      alert: { subject, number, alertId },
      trail,
    };
    return { look: { ...look, alert }, decision: { kind: "ended", loss: adopted } };
  };
