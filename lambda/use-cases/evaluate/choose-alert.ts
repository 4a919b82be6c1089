import { type Alert, subjects } from "../../domain/alerting/alert.ts";
import type { AlertKey, Loss } from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { isOpen } from "../../domain/alerting/loss-snapshot.ts";
import type { AlertingDependencies } from "./alerting-dependencies.ts";

/** A loss with what it may be part of: an open alert about its DN alone, or an open incident that its DN was a member of. */
export type AlertTarget = {
  candidate: Candidate;
  lone: Alert | undefined;
  home: Alert | undefined;
};

// Evaluators that open an incident at the same moment choose the same key, and one of them wins. A loss of the others names an
// alert that was never written under that key: reading the key once more cannot help.
const hasKey = (alert: Alert | undefined, { subject, number }: AlertKey): boolean =>
  alert?.subject === subject && alert.number === number;

/**
 * Builds what finds the open alerts that a loss belongs to, `incident` being the newest of its server. The DN's earlier losses
 * say what it was part of: one query for each, however large an incident is.
 */
export const createChooseAlert = ({
  readAlert,
  readLatestAlert,
  readLossesOfDn,
}: Pick<AlertingDependencies, "readAlert" | "readLatestAlert" | "readLossesOfDn">) => {
  const readHome = async (
    alerts: readonly NonNullable<Loss["alert"]>[],
    incident: Alert | undefined,
  ): Promise<Alert | undefined> => {
    const [newest] = alerts.toSorted((a, b) => b.number - a.number);
    if (newest === undefined) return undefined;
    const home = hasKey(incident, newest) ? incident : await readAlert(newest);
    return isOpen(home) && home.alertId === newest.alertId ? home : undefined;
  };

  return async (candidate: Candidate, incident: Alert | undefined): Promise<AlertTarget> => {
    const { server, thisDN } = candidate.loss;
    const losses = await readLossesOfDn(thisDN);
    const alerts = losses.flatMap((loss) => (loss.server === server ? (loss.alert ?? []) : []));
    const subject = subjects.dn(server, thisDN);
    const wasAlone = alerts.some((alert) => alert.subject === subject);
    const latest = wasAlone ? await readLatestAlert(subject) : undefined;
    const others = alerts.filter((alert) => alert.subject !== subject);
    const home = await readHome(others, incident);
    return { candidate, lone: isOpen(latest) ? latest : undefined, home };
  };
};
