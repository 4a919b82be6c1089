import type { Alert } from "../../domain/alerting/alert.ts";
import type { Step, UpdateReason } from "../../domain/alerting/alert-step.ts";
import { isIncident } from "../../domain/alerting/due.ts";
import { incidentEndTitle, incidentTitle } from "../../domain/alerting/incident-title.ts";
import type { Loss } from "../../domain/alerting/loss.ts";
import {
  clockTime,
  flappingTitle,
  lossEndTitle,
  lossTitle,
} from "../../domain/alerting/loss-title.ts";
import { newestOfEach, summarizeLosses } from "../../domain/alerting/summarize-losses.ts";
import type { AlertingDependencies } from "./alerting-dependencies.ts";
import { partsOf } from "./member-facts.ts";
import { createReadMembersOf, gather } from "./read-members-of.ts";
import { createShowMembers } from "./show-members.ts";

/** What describing alerts needs of the outside. */
export type DescribeAlertDependencies = Pick<
  AlertingDependencies,
  "readStatuses" | "readStatusesOfDn" | "readLosses" | "readLossesOfDn" | "readMembers"
>;

type Told = { alert: Alert; telling: UpdateReason };

const maxLooked = 1000;

// The commonest first.
const resolutionsOf = (losses: readonly Loss[]): string[] =>
  [...Map.groupBy(losses, ({ endedBy }) => endedBy ?? "registered")]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([resolution]) => resolution);

const resolutionOf = (telling: UpdateReason, resolutions: readonly string[]) =>
  telling === "resolved" ? { resolution: resolutions[0] ?? "registered" } : {};

const titleOfIncident = ({ alert, telling }: Told, resolutions: readonly string[]): string => {
  if (telling === "resolved") return incidentEndTitle(alert, resolutions);
  const title = incidentTitle(alert);
  return alert.flapping ? `Flapping: ${title}` : title;
};

/** How an alert about a server or a bridge will end, as things stand. */
export const endResolutionOf = ({ endResolution = "restored" }: Pick<Alert, "endResolution">) =>
  endResolution;

const titleOfCondition = ({ alert, telling }: Told): string => {
  const { title, openedAt, relapses } = alert;
  switch (telling) {
    case "resolved":
      return alert.endTitle ?? `It is over: ${title}`;
    case "flapping":
      return `Flapping (${relapses + 1} times since ${clockTime(openedAt)}): ${title}`;
    case "escalated":
    case "joined":
    case "reminded":
      return title;
  }
};

/** Builds what gives an alert that is told again what its message says: DNs, causes, resolution, title. */
export const createDescribeAlert = (dependencies: DescribeAlertDependencies) => {
  const { readStatuses, readLosses, readLossesOfDn, readStatusesOfDn } = dependencies;
  const readMembersOf = createReadMembersOf(dependencies);
  const show = createShowMembers(readStatusesOfDn);

  const titleOfLoss = async ({ alert, telling }: Told, loss: Loss): Promise<string> => {
    const [status] = await readStatuses([{ thisDN: loss.thisDN, server: loss.server }]);
    if (telling === "resolved") return lossEndTitle(loss, status, loss.endedBy);
    if (alert.flapping) return flappingTitle(loss, alert);
    return lossTitle(loss, status, alert.dns[0]?.registeredOn);
  };

  const describeLoss = async (told: Told, thisDN: string): Promise<Alert> => {
    const losses = newestOfEach(partsOf(await readLossesOfDn(thisDN), told.alert));
    const [loss] = losses;
    if (loss === undefined) return told.alert;
    const { causes, lastLostAt } = summarizeLosses(losses);
    const shown = { ...told.alert, dns: await show(losses), causes, lastLostAt };
    const title = await titleOfLoss({ ...told, alert: shown }, loss);
    return { ...shown, title, ...resolutionOf(told.telling, resolutionsOf(losses)) };
  };

  const describeIncident = async (told: Told): Promise<Alert> => {
    const { alert, telling } = told;
    const members = await gather(readMembersOf(alert.alertId, false));
    const losses = await readLosses(members.slice(0, maxLooked));
    const { causes } = summarizeLosses(losses);
    const count = new Set(members.map(({ thisDN }) => thisDN)).size;
    const shown = { ...alert, count, causes, dns: await show(losses) };
    const resolutions = resolutionsOf(losses);
    const title = titleOfIncident({ telling, alert: shown }, resolutions);
    return { ...shown, title, ...resolutionOf(telling, resolutions) };
  };

  return async ({ alert, telling }: Step): Promise<Alert> => {
    if (telling === undefined) return alert;
    const told = { alert, telling };
    if (isIncident(alert)) return describeIncident(told);
    if (alert.thisDN !== undefined) return describeLoss(told, alert.thisDN);
    const end = telling === "resolved" ? { resolution: endResolutionOf(alert) } : {};
    return { ...alert, title: titleOfCondition(told), ...end };
  };
};
