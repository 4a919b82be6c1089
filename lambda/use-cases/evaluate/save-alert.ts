import type { Alert } from "../../domain/alerting/alert.ts";
import type { AlertingDependencies } from "./alerting-dependencies.ts";

/** What writing alerts needs of the outside. */
export type SaveAlertDependencies = Pick<
  AlertingDependencies,
  "writeAlert" | "requestEvaluation" | "emitMetrics" | "now"
>;

const metricNames: Readonly<Record<string, string>> = {
  "alert.opened": "AlertsOpened",
  "alert.resolved": "AlertsResolved",
};

/**
 * Builds what writes an alert on condition of its revision, asks the queue to bring it again when it is due, and counts it.
 * A wish that gets lost is made up for by the clock that looks for due alerts.
 */
export const createSaveAlert = (dependencies: SaveAlertDependencies) => {
  const { writeAlert, requestEvaluation, emitMetrics, now } = dependencies;
  return async (alert: Alert): Promise<"written" | "conflict"> => {
    if ((await writeAlert(alert)) === "conflict") return "conflict";
    const { subject, number, dueAt, notice = "" } = alert;
    const name = metricNames[notice];
    if (name !== undefined) emitMetrics([{ name, value: 1, unit: "Count" }]);
    if (dueAt !== undefined) {
      const delaySeconds = Math.min(Math.max(Math.ceil((dueAt - now()) / 1_000_000), 0), 900);
      await requestEvaluation([{ message: { kind: "alert", subject, number }, delaySeconds }]);
    }
    return "written";
  };
};

/** Writes an alert (see `createSaveAlert`). */
export type SaveAlert = ReturnType<typeof createSaveAlert>;
