import { type Alert, subjects } from "../../domain/alerting/alert.ts";
import type { AlertReference, LossIn, LossKey } from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { lossText } from "../../domain/alerting/loss-text.ts";
import { summarizeLosses } from "../../domain/alerting/summarize-losses.ts";
import type { WriteAlerts } from "../write-alerts.ts";
import { createClaimLosses } from "./claim-losses.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import type { SettleAlert } from "./settle-alert.ts";
import { createShowMembers } from "./show-members.ts";

/**
 * Key and id under which a loss opens an alert. Where the loss is claimed, those of the claim, so that the claimant and
 * the evaluator that carries its claim through write the same alert; else the next number after the newest alert, named
 * by the loss, unless an alert of that name is over.
 */
export const referenceFor = (
  { record, claimed, hasFormerAlert }: Candidate,
  subject: string,
  latest: Alert | undefined,
): AlertReference => {
  const number = (latest?.number ?? 0) + 1;
  const alertId = hasFormerAlert ? `${record.lossId}-${number}` : record.lossId;
  return claimed ?? { subject, number, alertId };
};

/**
 * Builds the functions that alert a DN that was lost alone. Each returns the losses that must be evaluated once more.
 */
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
    const text = lossText(loss, status, dns[0]);
    const summary = summarizeLosses([loss]);
    return { ...reference, ...summary, kind: "dn" as const, server, thisDN, text, count: 1, dns };
  };

  return {
    /** As a new alert about this DN, numbered after the newest one. */
    open: async (candidate: Candidate, latest: Alert | undefined): Promise<LossKey[]> => {
      const { server, thisDN } = candidate.record;
      const reference = referenceFor(candidate, subjects.dn(server, thisDN), latest);
      const words = `lost alone: alert ${reference.alertId}`;
      const [loss] = await claim([candidate], { alert: reference, words });
      if (loss === undefined) return [candidate.record];
      const outcome = await alerts.open(await toOpening(reference, loss, candidate));
      return outcome === "written" ? [] : [candidate.record];
    },
    /** As part of the open alert about this DN: the DN came back and is lost again. */
    rejoin: async (candidate: Candidate, alert: Alert): Promise<LossKey[]> => {
      const words = `lost again while alert ${alert.alertId} about it is open`;
      const [loss] = await claim([candidate], { alert, words });
      if (loss !== undefined) await settle(alert);
      return [candidate.record];
    },
  };
};
