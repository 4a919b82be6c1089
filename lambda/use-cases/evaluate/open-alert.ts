import { type Alert, subjects } from "../../domain/alerting/alert.ts";
import type { AlertReference, LossIn, LossKey } from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { lossTitle } from "../../domain/alerting/loss-title.ts";
import { summarizeLosses } from "../../domain/alerting/summarize-losses.ts";
import type { WriteAlerts } from "../write-alerts.ts";
import { createClaimLosses } from "./claim-losses.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import type { SettleAlert } from "./settle-alert.ts";
import { createShowMembers } from "./show-members.ts";

/**
 * Under which key and id an alert is opened by a loss: as it was claimed, so that the claimant and whichever evaluator carries its claim
 * through write the same; else as the next alert after the newest there is, named by the loss, unless an alert of that name is over.
 */
export const referenceFor = (
  { record, claimed, isRetold }: Candidate,
  subject: string,
  latest: Alert | undefined,
): AlertReference => {
  const number = (latest?.number ?? 0) + 1;
  const alertId = isRetold ? `${record.lossId}-${number}` : record.lossId;
  return claimed ?? { subject, number, alertId };
};

/** Builds what alerts of a DN that was lost alone. Each gives back the losses that are to be looked at once more. */
export const createOpenAlert = (
  ports: EvaluatePorts,
  { alerts, settle }: { alerts: WriteAlerts; settle: SettleAlert },
) => {
  const claim = createClaimLosses(ports);
  const show = createShowMembers(ports.readStatusesOfDn);

  const toOpening = async (
    reference: AlertReference,
    loss: LossIn<"claimed">,
    { status }: Candidate,
  ) => {
    const { server, thisDN } = loss;
    const dns = await show([loss]);
    const title = lossTitle(loss, status, dns[0]?.registeredOn);
    const summary = summarizeLosses([loss]);
    return { ...reference, ...summary, kind: "dn" as const, server, thisDN, title, count: 1, dns };
  };

  return {
    /** As the next alert about this DN after the newest one there is. */
    open: async (candidate: Candidate, latest: Alert | undefined): Promise<LossKey[]> => {
      const { server, thisDN } = candidate.record;
      const reference = referenceFor(candidate, subjects.dn(server, thisDN), latest);
      const words = `lost alone: alert ${reference.alertId}`;
      const [loss] = await claim([candidate], { alert: reference, words });
      if (loss === undefined) return [candidate.record];
      const outcome = await alerts.open(await toOpening(reference, loss, candidate));
      return outcome === "written" ? [] : [candidate.record];
    },
    /** As part of the alert about this DN that is open: it has come back and is gone again. */
    rejoin: async (candidate: Candidate, alert: Alert): Promise<LossKey[]> => {
      const words = `lost again while alert ${alert.alertId} about it is open`;
      const [loss] = await claim([candidate], { alert, words });
      if (loss !== undefined) await settle(alert);
      return [candidate.record];
    },
  };
};
