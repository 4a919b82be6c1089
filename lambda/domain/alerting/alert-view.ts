import { formatTime, formatTimeIfAny } from "../time.ts";
import type { Alert } from "./alert.ts";
import { boundAlert } from "./bound-alert.ts";

const toAcknowledgementView = ({ note, ...by }: NonNullable<Alert["acknowledgement"]>) => ({
  ...by,
  note: note || undefined,
});

/** Shows an alert as readers and subscribers get it (times ISO 8601); JSON leaves out what it does not have. */
export const toAlertView = (stored: Alert) => {
  const alert = boundAlert(stored);
  return {
    alertId: alert.alertId,
    kind: alert.kind,
    severity: alert.severity,
    server: alert.server,
    application: alert.application,
    status: alert.status,
    count: alert.count,
    dns: alert.dns,
    title: alert.title,
    openedAt: formatTime(alert.openedAt),
    acknowledgedAt: formatTimeIfAny(alert.acknowledgedAt),
    acknowledgement: alert.acknowledgement && toAcknowledgementView(alert.acknowledgement),
    resolvedAt: formatTimeIfAny(alert.resolvedAt),
    resolution: alert.resolution,
    causes: alert.causes,
    firstLostAt: formatTimeIfAny(alert.firstLostAt),
    lastLostAt: formatTimeIfAny(alert.lastLostAt),
    flapping: alert.flapping,
  };
};

/** An alert as readers and subscribers get it. */
export type AlertView = ReturnType<typeof toAlertView>;
