import { type Alert, subjects } from "../../domain/alerting/alert.ts";
import { incidentTitle } from "../../domain/alerting/incident-title.ts";
import { joinIncident } from "../../domain/alerting/join-incident.ts";
import type { Loss, LossKey } from "../../domain/alerting/loss.ts";
import type { Candidate } from "../../domain/alerting/loss-decision.ts";
import { isOpen } from "../../domain/alerting/loss-snapshot.ts";
import { newAlert } from "../../domain/alerting/new-alert.ts";
import { summarizeLosses } from "../../domain/alerting/summarize-losses.ts";
import { type AlertingDependencies, maxConflicts } from "./alerting-dependencies.ts";
import { placeOf, type RaiseAloneDependencies } from "./open-alert.ts";

/** What alerting of DNs that fall together needs. */
export type RaiseTogetherDependencies = RaiseAloneDependencies &
  Pick<AlertingDependencies, "readAlert">;

/** DNs of a server that fall together; `known` is how many have fallen, also of those whose hold-down is not over. */
export type TogetherFall = { candidates: readonly [Candidate, ...Candidate[]]; known: number };

type Place = Pick<Alert, "subject" | "number" | "alertId" | "server">;
type Joining = { losses: readonly Loss[]; hasOthers: boolean };

const without = (candidates: readonly Candidate[], losses: readonly Loss[]): LossKey[] => {
  const ids = new Set(losses.map(({ thisDN }) => thisDN));
  return candidates.map(({ loss }) => loss).filter(({ thisDN }) => !ids.has(thisDN));
};

/** Builds what alerts of DNs that fall together. Each gives back the losses that are to be looked at once more. */
export const createRaiseTogether = (dependencies: RaiseTogetherDependencies) => {
  const { readAlert, claim, save, show, settle, rules, now } = dependencies;

  const toAlert = async (place: Place, losses: readonly Loss[], known: number) => {
    const summary = summarizeLosses(losses);
    // Those whose hold-down is not over have fallen, too: whoever is paged wants to know how many it is about.
    const count = Math.max(known, new Set(losses.map(({ thisDN }) => thisDN)).size);
    const title = incidentTitle({ ...place, ...summary, count });
    const about = { ...place, ...summary, kind: "dn" as const, title, count };
    return newAlert({ ...about, dns: await show(losses) }, { rules, now: now() });
  };

  // False: it is resolved, and takes nobody any more.
  const enter = async (incident: Alert, joining: Joining): Promise<boolean> => {
    let present: Alert | undefined = incident;
    for (let attempt = 0; attempt < maxConflicts; attempt += 1) {
      if (!isOpen(present)) return false;
      const joined = joinIncident(present, joining, { rules, now: now() });
      if ((await save(joined)) === "written") return true;
      present = await readAlert(incident);
    }
    throw new Error(`an incident was written by others ${maxConflicts} times in a row`);
  };

  return {
    /** As a new incident, the next one after the newest there is. */
    open: async (fall: TogetherFall, latest: Alert | undefined): Promise<LossKey[]> => {
      const { candidates, known } = fall;
      const [first, ...others] = candidates;
      const { server } = first.loss;
      const place = { ...placeOf(first, subjects.incident(server), latest), server };
      const words = `one of ${known} DNs that fell together: incident ${place.alertId}`;
      // Only who gets the loss that names the incident may open it: another alert may have that name.
      const named = await claim([first], { alert: place, words });
      if (named.length === 0) return candidates.map(({ loss }) => loss);
      const losses = [...named, ...(await claim(others, { alert: place, words }))];
      const isTold = (await save(await toAlert(place, losses, known))) === "written";
      return isTold ? without(candidates, losses) : candidates.map(({ loss }) => loss);
    },
    /** As part of an incident that is open; `members` are the DNs that are or were part of it. */
    join: async (
      incident: Alert,
      candidates: readonly Candidate[],
      members: ReadonlySet<string>,
    ): Promise<LossKey[]> => {
      const words = `joined incident ${incident.alertId}`;
      const losses = await claim(candidates, { alert: incident, words });
      const hasOthers = losses.some(({ thisDN }) => !members.has(thisDN));
      const isIn = losses.length > 0 && (await enter(incident, { losses, hasOthers }));
      if (losses.some(({ thisDN }) => members.has(thisDN))) await settle(incident, true);
      return isIn ? without(candidates, losses) : candidates.map(({ loss }) => loss);
    },
    /** Members of an incident are worse off than they were. */
    worsen: async (incident: Alert, losses: readonly Loss[]): Promise<void> => {
      await enter(incident, { losses, hasOthers: false });
    },
  };
};
