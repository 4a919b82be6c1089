import { type Alert, isOpen, subjects } from "../../domain/alerting/alert.ts";
import {
  type AlertKey,
  type AlertReference,
  alertOf,
  type Loss,
  lossKeyText,
} from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { judgeSeverity } from "../../domain/alerting/severity.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

/**
 * A loss with the alert that it may become part of again: an open alert about its DN alone, or an open incident that
 * its DN was a member of.
 */
export type AlertTarget = {
  candidate: Candidate;
  ownAlert: Alert | undefined;
  incident: Alert | undefined;
};

// Evaluators that open an incident at the same moment choose the same key, and one of them wins. A loss of the others
// names an alert that was never written under that key: reading the key once more cannot help.
const hasKey = (alert: Alert | undefined, { subject, number }: AlertKey): boolean =>
  alert?.subject === subject && alert.number === number;

/**
 * Builds the function that finds the open alerts that a loss belongs to; `newest` is the newest incident of its server.
 * The DN's losses show what it was part of (one query for each loss, however large an incident is), and its severity is
 * judged with them.
 */
export const createChooseAlert = (
  ports: Pick<EvaluatePorts, "readAlert" | "readLatestAlert" | "readLossesOfDn" | "rules" | "now">,
) => {
  const { readAlert, readLatestAlert, readLossesOfDn, rules, now } = ports;

  const findIncident = async (
    references: readonly AlertReference[],
    newest: Alert | undefined,
  ): Promise<Alert | undefined> => {
    const [last] = references.toSorted((a, b) => b.number - a.number);
    if (last === undefined) return undefined;
    const incident = hasKey(newest, last) ? newest : await readAlert(last);
    return isOpen(incident) && incident.alertId === last.alertId ? incident : undefined;
  };

  const judge = ({ record, status }: Candidate, losses: readonly Loss[]) => {
    const loss = losses.find((one) => lossKeyText(one) === lossKeyText(record));
    return judgeSeverity({ status, loss, losses, rules, now: now() });
  };

  return async (candidate: Candidate, newest: Alert | undefined): Promise<AlertTarget> => {
    const { server, thisDN } = candidate.record;
    const losses = await readLossesOfDn(thisDN, { server });
    const references = losses.flatMap((loss) => alertOf(loss) ?? []);
    const subject = subjects.dn(server, thisDN);
    const hadOwnAlert = references.some((alert) => alert.subject === subject);
    const latest = hadOwnAlert ? await readLatestAlert(subject) : undefined;
    const others = references.filter((alert) => alert.subject !== subject);
    return {
      candidate: { ...candidate, record: { ...candidate.record, ...judge(candidate, losses) } },
      ownAlert: isOpen(latest) ? latest : undefined,
      incident: await findIncident(others, newest),
    };
  };
};
