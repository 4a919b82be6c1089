import type { AlertAdvance } from "../../domain/alerting/advance-alert.ts";
import { type Alert, isIncident } from "../../domain/alerting/alert.ts";
import { endResolutionOf } from "../../domain/alerting/apply-condition.ts";
import type { UpdateReason } from "../../domain/alerting/apply-facts.ts";
import type { AlertText } from "../../domain/alerting/headline.ts";
import { incidentEndText, incidentText } from "../../domain/alerting/incident-text.ts";
import type { Loss } from "../../domain/alerting/loss.ts";
import { flappingText, lossEndText, lossText } from "../../domain/alerting/loss-text.ts";
import { newestOfEach, summarizeLosses } from "../../domain/alerting/summarize-losses.ts";
import { createWriteAlerts, type DescribeAlert, type WriteAlerts } from "../write-alerts.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { partsOf } from "./member-facts.ts";
import { createReadAllMembers, gather } from "./read-all-members.ts";
import { createShowMembers } from "./show-members.ts";

type Update = { alert: Alert; reason: UpdateReason };

const maxLooked = 1000;

const endedByOf = (loss: Loss) => (loss.state === "over" ? loss.endedBy : undefined);

// The most frequent first.
const resolutionsOf = (losses: readonly Loss[]): string[] =>
  [...Map.groupBy(losses, (loss) => endedByOf(loss) ?? "registered")]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([resolution]) => resolution);

const resolutionOf = (reason: UpdateReason, resolutions: readonly string[]) =>
  reason === "resolved" ? { resolution: resolutions[0] ?? "registered" } : {};

const textOfIncident = ({ alert, reason }: Update, resolutions: readonly string[]): AlertText =>
  reason === "resolved" ? incidentEndText(alert, resolutions) : incidentText(alert);

const textOfCondition = ({ alert, reason }: Update): AlertText => {
  const { text, relapses } = alert;
  switch (reason) {
    case "resolved":
      return alert.endText ?? { headline: ["it is over: ", ...text.headline] };
    case "flapping":
      return {
        headline: [`flapping (${relapses + 1} times): `, ...text.headline],
        advice: text.advice,
      };
    case "escalated":
    case "joined":
    case "reminded":
      return text;
  }
};

/**
 * Builds the function that gives an alert that is published again the content of its message: DNs, causes, resolution,
 * text.
 */
export const createDescribeAlert = (
  ports: Pick<
    EvaluatePorts,
    "readStatuses" | "readStatusesOfDn" | "readLosses" | "readLossesOfDn" | "readMembers"
  >,
): DescribeAlert => {
  const { readStatuses, readLosses, readLossesOfDn, readStatusesOfDn } = ports;
  const readAllMembers = createReadAllMembers(ports);
  const show = createShowMembers(readStatusesOfDn);

  const textOfLoss = async ({ alert, reason }: Update, loss: Loss): Promise<AlertText> => {
    const [status] = await readStatuses([{ thisDN: loss.thisDN, server: loss.server }]);
    if (reason === "resolved") return lossEndText(loss, status, endedByOf(loss));
    if (alert.flapping) return flappingText(loss, alert);
    return lossText(loss, status, alert.dns[0]);
  };

  const describeLoss = async (update: Update, thisDN: string): Promise<Alert> => {
    const { server } = update.alert;
    const losses = newestOfEach(partsOf(await readLossesOfDn(thisDN, { server }), update.alert));
    const [loss] = losses;
    if (loss === undefined) return update.alert;
    const { causes, lastLostAt } = summarizeLosses(losses);
    const shown = { ...update.alert, dns: await show(losses), causes, lastLostAt };
    const text = await textOfLoss({ ...update, alert: shown }, loss);
    return { ...shown, text, ...resolutionOf(update.reason, resolutionsOf(losses)) };
  };

  const describeIncident = async ({ alert, reason }: Update): Promise<Alert> => {
    const members = await gather(readAllMembers(alert.alertId, false));
    const losses = await readLosses(members.slice(0, maxLooked));
    const { causes } = summarizeLosses(losses);
    const count = new Set(members.map(({ thisDN }) => thisDN)).size;
    const shown = { ...alert, count, causes, dns: await show(losses) };
    const resolutions = resolutionsOf(losses);
    const text = textOfIncident({ reason, alert: shown }, resolutions);
    return { ...shown, text, ...resolutionOf(reason, resolutions) };
  };

  return async ({ alert, reason }: AlertAdvance): Promise<Alert> => {
    if (reason === undefined) return alert;
    const update = { alert, reason };
    if (isIncident(alert)) return describeIncident(update);
    if (alert.thisDN !== undefined) return describeLoss(update, alert.thisDN);
    const end = reason === "resolved" ? { resolution: endResolutionOf(alert) } : {};
    return { ...alert, text: textOfCondition(update), ...end };
  };
};

/** Builds the evaluator's driver of alerts, which describes each alert that it publishes again. */
export const createDescribedAlerts = (ports: EvaluatePorts): WriteAlerts =>
  createWriteAlerts(ports, createDescribeAlert(ports));
