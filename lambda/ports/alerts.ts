import type { Alert } from "../domain/alerting/alert.ts";
import type { AlertKey } from "../domain/alerting/loss.ts";
import type { WriteRevision } from "./revisions.ts";

/** Reads one alert, consistently. */
export type ReadAlert = (key: AlertKey) => Promise<Alert | undefined>;

/** Reads the newest alert about something, consistently. */
export type ReadLatestAlert = (subject: string) => Promise<Alert | undefined>;

/** Reads an alert by the id that its messages carry, eventually consistent. */
export type ReadAlertById = (alertId: string) => Promise<Alert | undefined>;

export type WriteAlert = WriteRevision<Alert>;

/** Reads alerts that are due, the longest overdue first. `now` in microseconds. */
export type ReadDueAlerts = (now: number, limit: number) => Promise<AlertKey[]>;

/** Which alerts to list, newest opening first; `beyond` is the sort key of the last alert read. */
export type AlertRange = {
  status: Alert["status"];
  server: string | undefined;
  beyond: string | undefined;
  limit: number;
};

/** Reads a list of alerts, eventually consistent, each with its position in the list. */
export type ListAlerts = (range: AlertRange) => Promise<{ alert: Alert; place: string }[]>;
