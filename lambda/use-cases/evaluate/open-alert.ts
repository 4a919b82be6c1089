import { type Alert, subjects } from "../../domain/alerting/alert.ts";
import type { Loss, LossKey } from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { lossTitle } from "../../domain/alerting/loss-title.ts";
import { newAlert } from "../../domain/alerting/new-alert.ts";
import { summarizeLosses } from "../../domain/alerting/summarize-losses.ts";
import type { AlertingDependencies } from "./alerting-dependencies.ts";
import type { ClaimLosses } from "./claim-losses.ts";
import type { SaveAlert } from "./save-alert.ts";
import type { SettleAlert } from "./settle-alert.ts";
import type { ShowMembers } from "./show-members.ts";

/** What alerting of single DNs needs. */
export type RaiseAloneDependencies = Pick<AlertingDependencies, "rules" | "now"> & {
  claim: ClaimLosses;
  save: SaveAlert;
  show: ShowMembers;
  settle: SettleAlert;
};

type Place = Pick<Alert, "subject" | "number" | "alertId">;

/**
 * Where an alert is opened that a loss opens: where it was claimed for, so that whoever claimed it and whoever carries it
 * through write the same; else next to the newest alert there is, named by the loss, unless an alert of that name is over.
 */
export const placeOf = (
  { loss, claimed, isRetold }: Candidate,
  subject: string,
  latest: Alert | undefined,
): Place => {
  const number = (latest?.number ?? 0) + 1;
  const alertId = isRetold ? `${loss.lossId}-${number}` : loss.lossId;
  return claimed ?? { subject, number, alertId };
};

/** Builds what alerts of a DN that was lost alone. Each gives back the losses that are to be looked at once more. */
export const createRaiseAlone = (dependencies: RaiseAloneDependencies) => {
  const { claim, save, show, settle, rules, now } = dependencies;

  const toAlert = async (place: Place, loss: Loss, { status }: Candidate): Promise<Alert> => {
    const { server, thisDN } = loss;
    const dns = await show([loss]);
    const title = lossTitle(loss, status, dns[0]?.registeredOn);
    const about = { ...place, kind: "dn" as const, server, thisDN, title, count: 1, dns };
    return newAlert({ ...about, ...summarizeLosses([loss]) }, { rules, now: now() });
  };

  return {
    /** As the next alert about this DN after the newest one there is. */
    open: async (candidate: Candidate, latest: Alert | undefined): Promise<LossKey[]> => {
      const { server, thisDN } = candidate.loss;
      const place = placeOf(candidate, subjects.dn(server, thisDN), latest);
      const words = `alone: alert ${place.alertId}`;
      const [loss] = await claim([candidate], { alert: place, words });
      const isTold =
        loss !== undefined && (await save(await toAlert(place, loss, candidate))) === "written";
      return isTold ? [] : [candidate.loss];
    },
    /** As part of the alert about this DN that is open: it has come back and is gone again. */
    rejoin: async (candidate: Candidate, alert: Alert): Promise<LossKey[]> => {
      const words = `lost again while alert ${alert.alertId} about it is open`;
      const [loss] = await claim([candidate], { alert, words });
      if (loss !== undefined) await settle(alert);
      return [candidate.loss];
    },
  };
};
