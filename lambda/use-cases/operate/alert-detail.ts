import type { Alert } from "../../domain/alerting/alert.ts";
import { toAlertView } from "../../domain/alerting/alert-view.ts";
import { boundTimeline } from "../../domain/alerting/bound-alert.ts";
import type { Reading } from "../../domain/alerting/lay-out-title.ts";
import { formatTime } from "../../domain/time.ts";

const maxDns = 5; // Most lists of 500 alerts fit into one answer so.

/** Shows an alert in a list: with only a few of its DNs. */
export const toAlertEntry = (alert: Alert, reading: Reading) =>
  toAlertView({ ...alert, dns: alert.dns.slice(0, maxDns), timeline: [] }, reading);

/** Shows an alert with its timeline. */
export const toAlertDetail = (alert: Alert, reading: Reading) => ({
  ...toAlertView(alert, reading),
  timeline: boundTimeline(alert.timeline).map((entry) => ({ ...entry, at: formatTime(entry.at) })),
});
