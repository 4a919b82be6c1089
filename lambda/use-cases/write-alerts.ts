import { retryOnConflict } from "../async/retry-on-conflict.ts";
import {
  type AlertAdvance,
  type AlertEvent,
  type AlertOpening,
  advanceAlert,
} from "../domain/alerting/advance-alert.ts";
import type { Alert } from "../domain/alerting/alert.ts";
import type { AlertRules } from "../domain/rules.ts";
import type { WriteAlert } from "../ports/alerts.ts";
import type { RequestEvaluation } from "../ports/evaluation.ts";
import type { EmitMetrics } from "../ports/telemetry.ts";

/** What writing alerts needs of the outside; `now` in microseconds. */
export type WriteAlertsPorts = {
  writeAlert: WriteAlert;
  requestEvaluation: RequestEvaluation;
  emitMetrics: EmitMetrics;
  rules: AlertRules;
  now: () => number;
};

/** Gives an alert that is published again the content of its message: DNs, causes, resolution, text. */
export type DescribeAlert = (advance: AlertAdvance) => Promise<Alert>;

/** A stored alert, and what has happened to it, based on what is stored. No event: nothing has happened. */
export type StoredAlertEvent = {
  read: () => Promise<Alert | undefined>;
  toEvent: (alert: Alert | undefined) => AlertEvent | undefined | Promise<AlertEvent | undefined>;
};

const metricNames: Readonly<Record<string, string>> = {
  "alert.opened": "AlertsOpened",
  "alert.resolved": "AlertsResolved",
};
const longestDelaySeconds = 900; // SQS delays a message by no more than this.

/**
 * Builds the one driver of alerts: it reads an alert, advances it by what has happened, and writes it on condition that
 * no other writer came in between, else repeats all three. It counts each write, and asks the queue to deliver the
 * alert again when it is due; where that request gets lost, the scheduled run finds the alert.
 */
export const createWriteAlerts = (
  ports: WriteAlertsPorts,
  describe: DescribeAlert = async ({ alert }) => alert,
) => {
  const { writeAlert, requestEvaluation, emitMetrics, rules, now } = ports;

  const requestWhenDue = async ({ subject, number, dueAt }: Alert): Promise<void> => {
    if (dueAt === undefined) return;
    const seconds = Math.max(Math.ceil((dueAt - now()) / 1_000_000), 0);
    const delaySeconds = Math.min(seconds, longestDelaySeconds);
    await requestEvaluation([{ message: { kind: "alert", subject, number }, delaySeconds }]);
  };

  const write = async (
    before: Alert | undefined,
    event: AlertEvent,
  ): Promise<Alert | "conflict" | undefined> => {
    const advance = advanceAlert(before, event, { rules, now: now() });
    if (advance === undefined) return before;
    const alert = await (advance.reason === undefined ? advance.alert : describe(advance));
    if ((await writeAlert(alert)) === "conflict") return "conflict";
    const name = metricNames[advance.notification ?? ""];
    if (name !== undefined) emitMetrics([{ name, value: 1, unit: "Count" }]);
    if (alert.dueAt !== before?.dueAt) await requestWhenDue(alert);
    return alert;
  };

  return {
    /** Opens an alert under its key; `conflict` where another evaluator has opened one under it. */
    open: async (opening: AlertOpening): Promise<"written" | "conflict"> =>
      (await write(undefined, { kind: "opened", opening })) === "conflict" ? "conflict" : "written",
    /** Advances a stored alert, and returns it as it is then. */
    advance: ({ read, toEvent }: StoredAlertEvent): Promise<Alert | undefined> =>
      retryOnConflict("an alert", async () => {
        const before = await read();
        const event = await toEvent(before);
        return event === undefined ? before : write(before, event);
      }),
  };
};

/** Writes alerts (see `createWriteAlerts`). */
export type WriteAlerts = ReturnType<typeof createWriteAlerts>;
