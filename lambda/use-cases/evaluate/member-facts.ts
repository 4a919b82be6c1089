import type { Alert } from "../../domain/alerting/alert.ts";
import type { AlertFacts } from "../../domain/alerting/alert-step.ts";
import { isReached } from "../../domain/alerting/due.ts";
import { isMissing, type Loss, type LossKey } from "../../domain/alerting/loss.ts";
import { worst } from "../../domain/alerting/summarize-losses.ts";
import type { AlertingDependencies } from "./alerting-dependencies.ts";
import { createReadMembersOf, gather } from "./read-members-of.ts";
import { createRefreshMembers, type RefreshMembersDependencies } from "./refresh-members.ts";

/** What finding out about members needs of the outside. */
export type MemberFactsDependencies = RefreshMembersDependencies &
  Pick<AlertingDependencies, "readLossesOfDn" | "readMembers">;

const quickLook = 100;

/** The losses of one DN that are part of an alert. */
export const partsOf = (losses: readonly Loss[], { alertId }: Alert): Loss[] =>
  losses.filter(({ alert }) => alert?.alertId === alertId);

const countByDn = (keys: readonly LossKey[]): number[] =>
  [...Map.groupBy(keys, ({ thisDN }) => thisDN).values()].map((all) => all.length);

/**
 * Builds what finds out how things stand with an alert about DNs. An incident whose time has not come is only looked at for
 * whether it is over: undefined where it is not, or hundreds are missing. How often it relapsed is how often one of its DNs did.
 */
export const createMemberFacts = (dependencies: MemberFactsDependencies) => {
  const { readLossesOfDn, readMembers, now } = dependencies;
  const review = createRefreshMembers(dependencies);
  const readMembersOf = createReadMembersOf(dependencies);

  const ofOneDn = async (alert: Alert, thisDN: string): Promise<AlertFacts> => {
    const losses = partsOf(await readLossesOfDn(thisDN), alert);
    const missing = await review(losses.filter(isMissing));
    return {
      isOngoing: missing.length > 0,
      endedAt: losses.reduce((last, { endedAt = 0 }) => Math.max(last, endedAt), 0),
      relapses: losses.length - 1,
      severity:
        missing.length > 0 ? worst(missing.map(({ severity }) => severity)) : alert.severity,
      count: 1,
    };
  };

  const atAGlance = async (incident: Alert): Promise<AlertFacts | undefined> => {
    const { alertId, relapses, severity, count } = incident;
    const { items, next } = await readMembers(alertId, { missing: true, limit: quickLook });
    if (next !== undefined || (await review(items)).length > 0) return undefined;
    return { isOngoing: false, relapses, severity, count };
  };

  const thoroughly = async (incident: Alert): Promise<AlertFacts> => {
    const { alertId, severity } = incident;
    const missing: Loss[] = [];
    for await (const keys of readMembersOf(alertId, true)) missing.push(...(await review(keys)));
    const members = await gather(readMembersOf(alertId, false));
    const counts = countByDn(members);
    return {
      isOngoing: missing.length > 0,
      relapses: counts.reduce((most, one) => Math.max(most, one), 1) - 1,
      severity: worst([severity, ...missing.map((loss) => loss.severity)]),
      count: counts.length,
    };
  };

  return async (alert: Alert, isUrgent: boolean): Promise<AlertFacts | undefined> => {
    if (alert.thisDN !== undefined) return ofOneDn(alert, alert.thisDN);
    return isUrgent || isReached(alert.dueAt, now()) ? thoroughly(alert) : atAGlance(alert);
  };
};
