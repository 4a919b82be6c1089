import { toOneLine } from "../one-line.ts";
import { formatTime, formatTimeIfAny } from "../time.ts";
import type { Alert } from "./alert.ts";
import { alertTitle, eventOf } from "./alert-title.ts";
import { boundAlert } from "./bound-alert.ts";
import type { Reading } from "./lay-out-title.ts";

const toAcknowledgementView = ({ note, ...by }: NonNullable<Alert["acknowledgement"]>) => ({
  ...by,
  note: note || undefined,
});

/**
 * Shows an alert as readers and subscribers get it (times ISO 8601); JSON leaves out what it does not have. Its title says
 * what `event` made of it.
 */
export const toAlertView = (stored: Alert, reading: Reading, event = eventOf(stored)) => {
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
    affected: alert.affected,
    title: alertTitle(alert, event, reading),
    advice: alert.text.advice && toOneLine(alert.text.advice),
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
