import type { Alert, AlertEventType } from "../alerting/alert.ts";
import { toAlertView } from "../alerting/alert-view.ts";
import { takeCustomers } from "../alerting/bound-alert.ts";
import { maxMessageBytes, messageBytesOf, takeWithin } from "../bounds.ts";
import {
  type MessageAttributes,
  type OutgoingMessage,
  oneOrAll,
  toOutgoingMessage,
} from "./outgoing-message.ts";

/** An alert as it was left by a write that must be published. */
export type PublishableAlert = Alert & { notice: AlertEventType };

const maxCustomerBytes = 100_000;

const toAttributes = (alert: Alert): MessageAttributes => ({
  kind: alert.kind,
  // Subscribers that received one message about the alert receive all later ones too.
  severity: oneOrAll([...alert.toldSeverities, alert.severity]),
  customerID: oneOrAll(
    takeWithin(takeCustomers(alert.customers), maxCustomerBytes, messageBytesOf),
  ),
});

const newestTime = (alert: Alert): number =>
  Math.max(
    alert.openedAt,
    alert.acknowledgedAt ?? 0,
    alert.resolvedAt ?? 0,
    ...alert.timeline.map(({ at }) => at),
  );

const padded = (value: number): string => String(value).padStart(6, "0");

/**
 * The message about an alert, made from the alert alone: the same write gives the same message, however often it is
 * published. DNs that would exceed the limit of SNS are left out; `count` counts them all the same.
 */
export const toAlertMessage = (
  alert: PublishableAlert,
  runbookUrl: string | undefined,
): OutgoingMessage => {
  const { dns, ...data } = { ...toAlertView(alert), runbookUrl };
  const message = toOutgoingMessage({
    id: `alert/${alert.alertId}/${alert.revision}`,
    server: alert.server,
    type: alert.notice,
    subject: alert.thisDN ?? alert.alertId,
    time: newestTime(alert),
    // Zero-padded, it sorts as text: by the alerts about one thing, then by what happened to one of them.
    sequence: `${padded(alert.number)}${padded(alert.revision)}`,
    title: alert.title,
    attributes: toAttributes(alert),
    data,
  });
  const fitting = takeWithin(dns, maxMessageBytes - messageBytesOf(message), messageBytesOf);
  return { ...message, event: { ...message.event, data: { ...data, dns: fitting } } };
};
