import { inParallel } from "../in-parallel.ts";
import { type Alert, subjects } from "./alert.ts";
import { type AlertingDependencies, width } from "./alerting-dependencies.ts";
import { createClaimLosses } from "./claim-losses.ts";
import type { Candidate } from "./decide-loss.ts";
import { createFindFall } from "./find-fall.ts";
import { takesOthers } from "./join-incident.ts";
import { isOpen } from "./look.ts";
import type { LossKey } from "./loss.ts";
import type { MaintenanceWindow } from "./maintenance-window.ts";
import { createRaiseAlone } from "./raise-alone.ts";
import { createRaiseTogether } from "./raise-together.ts";
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

// What a loss may be part of: an open alert about its DN alone; the newest incident, of which the DN was a member or not.
type Placed = { candidate: Candidate; lone: Alert | undefined; isMember: boolean };
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
  const { readLatestAlert, readLossesOfDn, readStatusesOfDn, rules, now } = dependencies;
  const claim = createClaimLosses(dependencies);
  const save = createSaveAlert(dependencies);
  const show = createShowMembers(readStatusesOfDn);
  const alone = createRaiseAlone({ ...dependencies, claim, save, show });
  const together = createRaiseTogether({ ...dependencies, claim, save, show });
  const findFall = createFindFall(dependencies);

  // The DN's earlier losses say what it was part of: one query for each, however large the incident is.
  const place = async (candidate: Candidate, incident: Alert | undefined): Promise<Placed> => {
    const { server, thisDN } = candidate.loss;
    const losses = await readLossesOfDn(thisDN);
    const alerts = losses.flatMap((loss) => (loss.server === server ? (loss.alert ?? []) : []));
    const subject = subjects.dn(server, thisDN);
    const wasAlone = alerts.some((alert) => alert.subject === subject);
    const latest = wasAlone ? await readLatestAlert(subject) : undefined;
    const isMember = alerts.some(({ alertId }) => alertId === incident?.alertId);
    return { candidate, lone: isOpen(latest) ? latest : undefined, isMember };
  };

  // Undefined: there is no open alert about this DN alone.
  const takeBack = async ({ candidate, lone }: Placed): Promise<LossKey[] | undefined> =>
    lone && alone.rejoin(candidate, lone);

  const join = async (placed: readonly Placed[], incident: Alert | undefined) => {
    if (!isOpen(incident)) return { left: placed, again: [] };
    const isTaken = ({ isMember }: Placed) => isMember || takesOthers(incident, rules, now());
    const joining = placed.filter(isTaken);
    const again = await together.join(
      incident,
      joining.map(({ candidate }) => candidate),
      new Set(
        joining.flatMap(({ candidate, isMember }) => (isMember ? candidate.loss.thisDN : [])),
      ),
    );
    return { left: placed.filter((one) => !joining.includes(one)), again };
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
    const [first, ...others] = candidates.filter(({ fellAt }) => fall.isPart(fellAt));
    const lone = candidates.filter(({ fellAt }) => !fall.isPart(fellAt));
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
