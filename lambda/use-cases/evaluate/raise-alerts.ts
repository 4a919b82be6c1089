import { inParallel, storeWidth } from "../../async/in-parallel.ts";
import { type Alert, isOpen, subjects } from "../../domain/alerting/alert.ts";
import { takesOthers } from "../../domain/alerting/join-losses.ts";
import type { LossKey } from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import type { MaintenanceWindow } from "../../domain/alerting/maintenance-window.ts";
import { type AlertTarget, createChooseAlert } from "./choose-alert.ts";
import { createDescribedAlerts } from "./describe-alert.ts";
import { createDetectStorm } from "./detect-storm.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { createJoinIncident } from "./join-incident.ts";
import { createOpenAlert } from "./open-alert.ts";
import type { SettleAlert } from "./settle-alert.ts";

/** Losses of one server that need an alert, and the maintenance windows. */
export type LossesToAlert = {
  server: string;
  candidates: readonly Candidate[];
  windows: readonly MaintenanceWindow[];
};

type Group = readonly [Candidate, ...Candidate[]];

const groupByClaim = (candidates: readonly Candidate[]): Group[] => {
  const groups = new Map<string, Group>();
  for (const one of candidates) {
    const name = JSON.stringify(one.claimed);
    const group = groups.get(name);
    groups.set(name, group === undefined ? [one] : [...group, one]);
  }
  return [...groups.values()];
};

/**
 * Builds the function that chooses the alert of each loss and writes it: the open alert about its DN, the open incident
 * that accepts it, a new incident where the loss is part of a storm, else a new alert of its own. Returns the losses
 * that must be evaluated once more.
 */
export const createRaiseAlerts = (ports: EvaluatePorts, settle: SettleAlert) => {
  const { readLatestAlert, rules, now } = ports;
  const parts = { alerts: createDescribedAlerts(ports), settle };
  const singleAlerts = createOpenAlert(ports, parts);
  const incidents = createJoinIncident(ports, parts);
  const detectStorm = createDetectStorm(ports);
  const chooseAlert = createChooseAlert(ports);

  // Undefined: there is no open alert about this DN alone.
  const rejoin = async ({ candidate, ownAlert }: AlertTarget): Promise<LossKey[] | undefined> =>
    ownAlert && singleAlerts.rejoin(candidate, ownAlert);

  // An incident takes back its former members, and any other loss while it grows.
  const join = async (targets: readonly AlertTarget[], newest: Alert | undefined) => {
    const isGrowing = isOpen(newest) && takesOthers(newest, rules, now());
    const incidentOf = ({ incident }: AlertTarget) => incident ?? (isGrowing ? newest : undefined);
    const again: LossKey[] = [];
    for (const [alertId, group] of Map.groupBy(targets, (one) => incidentOf(one)?.alertId)) {
      const incident = group.map(incidentOf)[0];
      if (alertId === undefined || incident === undefined) continue;
      const members = group.flatMap((one) => (one.incident ? one.candidate.record.thisDN : []));
      const joining = group.map(({ candidate }) => candidate);
      again.push(...(await incidents.join(incident, joining, new Set(members))));
    }
    return { left: targets.filter((one) => incidentOf(one) === undefined), again };
  };

  const openSingle = async (candidate: Candidate): Promise<LossKey[]> => {
    const { server, thisDN } = candidate.record;
    return singleAlerts.open(candidate, await readLatestAlert(subjects.dn(server, thisDN)));
  };

  const open = async (
    candidates: readonly Candidate[],
    { server, windows }: LossesToAlert,
    newest: Alert | undefined,
  ): Promise<LossKey[]> => {
    if (candidates.length === 0) return [];
    const storm = await detectStorm(server, candidates, windows);
    const [first, ...others] = candidates.filter(({ countedAt }) => storm.isPart(countedAt));
    const single = candidates.filter(({ countedAt }) => !storm.isPart(countedAt));
    const again = await inParallel(storeWidth, single, openSingle);
    if (first === undefined) return again.flat();
    const lost = { candidates: [first, ...others], known: storm.count } as const;
    return [...again.flat(), ...(await incidents.open(lost, newest))];
  };

  const openAsClaimed = async (candidates: Group): Promise<LossKey[]> => {
    const [first] = candidates;
    const { server, thisDN } = first.record;
    if (first.claimed?.subject === subjects.dn(server, thisDN))
      return singleAlerts.open(first, undefined);
    return incidents.open({ candidates, known: candidates.length }, undefined);
  };

  // A claimed loss is alerted as it was claimed: the alert that is not written, or not yet, is opened.
  const carryThrough = async (claimed: readonly Candidate[]): Promise<LossKey[]> => {
    const again = await inParallel(storeWidth, groupByClaim(claimed), openAsClaimed);
    return again.flat();
  };

  return {
    raise: async (losses: LossesToAlert): Promise<LossKey[]> => {
      if (losses.candidates.length === 0) return [];
      const carried = await carryThrough(losses.candidates.filter(({ claimed }) => claimed));
      const fresh = losses.candidates.filter(({ claimed }) => claimed === undefined);
      const newest = await readLatestAlert(subjects.incident(losses.server));
      const targets = await inParallel(storeWidth, fresh, (one) => chooseAlert(one, newest));
      const rejoined = await inParallel(storeWidth, targets, rejoin);
      const others = targets.filter((_, index) => rejoined[index] === undefined);
      const { left, again } = await join(others, newest);
      const candidates = left.map(({ candidate }) => candidate);
      const opened = await open(candidates, losses, newest);
      return [...carried, ...rejoined.flatMap((keys) => keys ?? []), ...again, ...opened];
    },
    worsen: incidents.worsen,
  };
};
