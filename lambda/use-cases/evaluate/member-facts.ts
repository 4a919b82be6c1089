import type { Alert } from "../../domain/alerting/alert.ts";
import type { AlertFacts } from "../../domain/alerting/apply-facts.ts";
import { isReached } from "../../domain/alerting/due.ts";
import { alertOf, isMissing, type Loss, type LossRecord } from "../../domain/alerting/loss.ts";
import { worst } from "../../domain/alerting/severity.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { createReadAllMembers, gather } from "./read-all-members.ts";
import { createRefreshMembers } from "./refresh-members.ts";

const quickCheckLimit = 100;

/** The losses of one DN that are part of an alert. */
export const partsOf = (losses: readonly Loss[], { alertId }: Alert): Loss[] =>
  losses.filter((loss) => alertOf(loss)?.alertId === alertId);

const endedAtOf = (loss: Loss): number => (loss.state === "over" ? loss.endedAt : 0);

/**
 * Builds the function that finds the present facts of an alert about DNs. For an incident that is not due it only
 * checks whether the incident is over: undefined where it is not, or where hundreds are missing. An incident has
 * relapsed as often as the DN that did so most often.
 */
export const createMemberFacts = (ports: EvaluatePorts) => {
  const { readLossesOfDn, readMembers, now } = ports;
  const refresh = createRefreshMembers(ports);
  const readAllMembers = createReadAllMembers(ports);

  const ofOneDn = async (alert: Alert, thisDN: string): Promise<AlertFacts> => {
    const losses = partsOf(await readLossesOfDn(thisDN, { server: alert.server }), alert);
    const missing = await refresh(losses.filter(isMissing));
    return {
      isOngoing: missing.length > 0,
      endedAt: losses.reduce((last, loss) => Math.max(last, endedAtOf(loss)), 0),
      relapses: losses.length - 1,
      severity:
        missing.length > 0 ? worst(missing.map(({ severity }) => severity)) : alert.severity,
      count: 1,
    };
  };

  const quickly = async (incident: Alert): Promise<AlertFacts | undefined> => {
    const { alertId, relapses, severity, count } = incident;
    const { items, next } = await readMembers(alertId, { missing: true, limit: quickCheckLimit });
    if (next !== undefined || (await refresh(items)).length > 0) return undefined;
    return { isOngoing: false, relapses, severity, count };
  };

  const thoroughly = async (incident: Alert): Promise<AlertFacts> => {
    const { alertId, severity } = incident;
    const missing: LossRecord[] = [];
    for await (const keys of readAllMembers(alertId, true)) missing.push(...(await refresh(keys)));
    const members = await gather(readAllMembers(alertId, false));
    const byDn = [...Map.groupBy(members, ({ thisDN }) => thisDN).values()];
    return {
      isOngoing: missing.length > 0,
      relapses: byDn.reduce((most, losses) => Math.max(most, losses.length), 1) - 1,
      severity: worst([severity, ...missing.map((loss) => loss.severity)]),
      count: byDn.length,
    };
  };

  return async (alert: Alert, isUrgent: boolean): Promise<AlertFacts | undefined> => {
    if (alert.thisDN !== undefined) return ofOneDn(alert, alert.thisDN);
    return isUrgent || isReached(alert.dueAt, now()) ? thoroughly(alert) : quickly(alert);
  };
};
