import { inParallel } from "../../async/in-parallel.ts";
import { type Alert, subjects } from "../../domain/alerting/alert.ts";
import { takesOthers } from "../../domain/alerting/join-incident.ts";
import type { LossKey } from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { isOpen } from "../../domain/alerting/loss-snapshot.ts";
import type { MaintenanceWindow } from "../../domain/alerting/maintenance-window.ts";
import { type AlertingDependencies, width } from "./alerting-dependencies.ts";
import { type AlertTarget, createChooseAlert } from "./choose-alert.ts";
import { createClaimLosses } from "./claim-losses.ts";
import { createDetectStorm } from "./detect-storm.ts";
import { createRaiseTogether } from "./join-incident.ts";
import { createRaiseAlone } from "./open-alert.ts";
import { createSaveAlert, type SaveAlertDependencies } from "./save-alert.ts";
import type { SettleAlert } from "./settle-alert.ts";
import { createShowMembers } from "./show-members.ts";

/** What alerting of losses needs of the outside. */
export type RaiseAlertsDependencies = SaveAlertDependencies &
  Pick<
    AlertingDependencies,
    | "readStatusesOfDn"
    | "readLossesOfDn"
    | "readList"
    | "readAlert"
    | "readLatestAlert"
    | "writeLoss"
    | "rules"
  > & { settle: SettleAlert };

/** Losses of one server that somebody must be alerted of, and the maintenance windows there are. */
export type Raising = {
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
 * Builds what decides in which alert each loss is told, and tells it: the open one about its DN, the open incident that takes
 * it, a new incident where it fell with others, else a new one of its own. Gives back the losses to be looked at once more.
 */
export const createRaiseAlerts = (dependencies: RaiseAlertsDependencies) => {
  const { readLatestAlert, readStatusesOfDn, rules, now } = dependencies;
  const claim = createClaimLosses(dependencies);
  const save = createSaveAlert(dependencies);
  const show = createShowMembers(readStatusesOfDn);
  const alone = createRaiseAlone({ ...dependencies, claim, save, show });
  const together = createRaiseTogether({ ...dependencies, claim, save, show });
  const findFall = createDetectStorm(dependencies);
  const place = createChooseAlert(dependencies);

  // Undefined: there is no open alert about this DN alone.
  const takeBack = async ({ candidate, lone }: AlertTarget): Promise<LossKey[] | undefined> =>
    lone && alone.rejoin(candidate, lone);

  // An incident takes back who was its member, and while it grows everybody.
  const join = async (placed: readonly AlertTarget[], incident: Alert | undefined) => {
    const isGrowing = isOpen(incident) && takesOthers(incident, rules, now());
    const target = ({ home }: AlertTarget) => home ?? (isGrowing ? incident : undefined);
    const again: LossKey[] = [];
    for (const [alertId, group] of Map.groupBy(placed, (one) => target(one)?.alertId)) {
      const alert = group.map(target)[0];
      if (alertId === undefined || alert === undefined) continue;
      const members = group.flatMap(({ candidate, home }) => (home ? candidate.loss.thisDN : []));
      const joining = group.map(({ candidate }) => candidate);
      again.push(...(await together.join(alert, joining, new Set(members))));
    }
    return { left: placed.filter((one) => target(one) === undefined), again };
  };

  const openAlone = async (candidate: Candidate): Promise<LossKey[]> => {
    const { server, thisDN } = candidate.loss;
    return alone.open(candidate, await readLatestAlert(subjects.dn(server, thisDN)));
  };

  const open = async (
    candidates: readonly Candidate[],
    raising: Raising,
    incident: Alert | undefined,
  ): Promise<LossKey[]> => {
    if (candidates.length === 0) return [];
    const fall = await findFall(raising.server, candidates, raising.windows);
    const [first, ...others] = candidates.filter(({ countedAt }) => fall.isPart(countedAt));
    const lone = candidates.filter(({ countedAt }) => !fall.isPart(countedAt));
    const again = await inParallel(width, lone, openAlone);
    if (first === undefined) return again.flat();
    const fallen = { candidates: [first, ...others], known: fall.count } as const;
    return [...again.flat(), ...(await together.open(fallen, incident))];
  };

  const openAsClaimed = async (candidates: Group): Promise<LossKey[]> => {
    const [first] = candidates;
    const { server, thisDN } = first.loss;
    if (first.claimed?.subject === subjects.dn(server, thisDN)) return alone.open(first, undefined);
    return together.open({ candidates, known: candidates.length }, undefined);
  };

  // What was claimed is told as it was claimed: the alert that was then not told, or not yet, is opened.
  const carryThrough = async (claimed: readonly Candidate[]): Promise<LossKey[]> => {
    const again = await inParallel(width, groupByClaim(claimed), openAsClaimed);
    return again.flat();
  };

  return {
    raise: async (raising: Raising): Promise<LossKey[]> => {
      if (raising.candidates.length === 0) return [];
      const carried = await carryThrough(raising.candidates.filter(({ claimed }) => claimed));
      const fresh = raising.candidates.filter(({ claimed }) => claimed === undefined);
      const incident = await readLatestAlert(subjects.incident(raising.server));
      const placed = await inParallel(width, fresh, (one) => place(one, incident));
      const back = await inParallel(width, placed, takeBack);
      const others = placed.filter((_, index) => back[index] === undefined);
      const { left, again } = await join(others, incident);
      const opened = await open(
        left.map(({ candidate }) => candidate),
        raising,
        incident,
      );
      return [...carried, ...back.flatMap((keys) => keys ?? []), ...again, ...opened];
    },
    worsen: together.worsen,
  };
};
