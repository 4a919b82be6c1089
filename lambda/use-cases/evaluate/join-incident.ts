import { type Alert, isOpen, subjects } from "../../domain/alerting/alert.ts";
import { incidentText } from "../../domain/alerting/incident-text.ts";
import type { AlertReference, LossKey, LossRecord } from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { summarizeLosses } from "../../domain/alerting/summarize-losses.ts";
import type { WriteAlerts } from "../write-alerts.ts";
import { createClaimLosses } from "./claim-losses.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { referenceFor } from "./open-alert.ts";
import type { SettleAlert } from "./settle-alert.ts";
import { createShowMembers } from "./show-members.ts";

/** Losses of one storm; `known` is how many DNs are part of it, including those whose hold-down is not over. */
export type StormCandidates = { candidates: readonly [Candidate, ...Candidate[]]; known: number };

type Joining = { losses: readonly LossRecord[]; hasOthers: boolean };

const without = (candidates: readonly Candidate[], losses: readonly LossRecord[]): LossKey[] => {
  const dns = new Set(losses.map(({ thisDN }) => thisDN));
  return candidates.map(({ record }) => record).filter(({ thisDN }) => !dns.has(thisDN));
};

/**
 * Builds the functions that alert DNs that are lost together. Each returns the losses that must be evaluated once more.
 */
export const createJoinIncident = (
  ports: EvaluatePorts,
  { alerts, settle }: { alerts: WriteAlerts; settle: SettleAlert },
) => {
  const { readAlert, readStatusesOfDn } = ports;
  const claim = createClaimLosses(ports);
  const show = createShowMembers(readStatusesOfDn);

  const toOpening = async (
    reference: AlertReference & { server: string },
    losses: readonly LossRecord[],
    known: number,
  ) => {
    const summary = summarizeLosses(losses);
    // DNs whose hold-down is not over are lost as well: the person who is paged wants to know how many DNs the incident
    // is about.
    const count = Math.max(known, new Set(losses.map(({ thisDN }) => thisDN)).size);
    const dns = await show(losses);
    const text = incidentText({ ...summary, count, dns, flapping: false });
    return { ...reference, ...summary, kind: "dn" as const, text, count, dns };
  };

  // False: the incident is resolved, and accepts no more losses.
  const join = async (incident: Alert, joining: Joining): Promise<boolean> => {
    let inHand: Alert | undefined = incident;
    const read = async () => {
      const alert = inHand ?? (await readAlert(incident));
      inHand = undefined;
      return alert;
    };
    const joined = await alerts.advance({ read, toEvent: () => ({ kind: "joined", ...joining }) });
    return isOpen(joined);
  };

  return {
    /** As a new incident, numbered after the newest one. */
    open: async (storm: StormCandidates, latest: Alert | undefined): Promise<LossKey[]> => {
      const { candidates, known } = storm;
      const [first, ...others] = candidates;
      const { server } = first.record;
      const reference = { ...referenceFor(first, subjects.incident(server), latest), server };
      const words = `one of ${known} DNs that were lost together: incident ${reference.alertId}`;
      // Only the evaluator that gets the loss which names the incident may open it: otherwise another alert might have
      // that name.
      const named = await claim([first], { alert: reference, words });
      if (named.length === 0) return candidates.map(({ record }) => record);
      const losses = [...named, ...(await claim(others, { alert: reference, words }))];
      const outcome = await alerts.open(await toOpening(reference, losses, known));
      return outcome === "written"
        ? without(candidates, losses)
        : candidates.map(({ record }) => record);
    },
    /** As part of an open incident; `members` are the DNs that are or were part of it. */
    join: async (
      incident: Alert,
      candidates: readonly Candidate[],
      members: ReadonlySet<string>,
    ): Promise<LossKey[]> => {
      const words = `joined incident ${incident.alertId}`;
      const losses = await claim(candidates, { alert: incident, words });
      const hasOthers = losses.some(({ thisDN }) => !members.has(thisDN));
      const isIn = losses.length > 0 && (await join(incident, { losses, hasOthers }));
      if (losses.some(({ thisDN }) => members.has(thisDN))) await settle(incident, true);
      return isIn ? without(candidates, losses) : candidates.map(({ record }) => record);
    },
    /** Members of an incident are worse off than they were. */
    worsen: async (incident: Alert, losses: readonly LossRecord[]): Promise<void> => {
      await join(incident, { losses, hasOthers: false });
    },
  };
};
