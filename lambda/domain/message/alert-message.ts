import type { Alert, AlertEventType } from "../alerting/alert.ts";
import { alertTitle } from "../alerting/alert-title.ts";
import { toAlertView } from "../alerting/alert-view.ts";
import { boundAlert, takeCustomers } from "../alerting/bound-alert.ts";
import { maxMessageBytes, messageBytesOf, takeWithin } from "../bounds.ts";
import { maxSubjectLength } from "../text.ts";
import type { Zone } from "../zone.ts";
import { alertMail } from "./alert-mail.ts";
import {
  type MessageAttributes,
  type OutgoingMessage,
  type OutgoingText,
  oneOrAll,
  toOutgoingMessage,
} from "./outgoing-message.ts";

/** An alert as it was left by a write that must be published. */
export type PublishableAlert = Alert & { notice: AlertEventType };

/** What messages about alerts say besides the alert: where its runbook is, in which zone people live, of which stage. */
export type AlertMessageSettings = {
  runbookUrl: string | undefined;
  zone: Zone;
  /** The stage that commands must name; absent where they need not. */
  stage?: string | undefined;
};

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
 * published; "today" is the day of the newest time in it. DNs that would exceed the limit of SNS are left out; `count`
 * counts them all the same.
 */
export const toAlertMessage = (
  alert: PublishableAlert,
  { runbookUrl, zone }: AlertMessageSettings,
): OutgoingMessage => {
  const time = newestTime(alert);
  const reading = { now: time, zone };
  const { dns, ...data } = { ...toAlertView(alert, reading, alert.notice), runbookUrl };
  const message = toOutgoingMessage({
    id: `alert/${alert.alertId}/${alert.revision}`,
    server: alert.server,
    type: alert.notice,
    subject: alert.thisDN ?? alert.alertId,
    time,
    // Zero-padded, it sorts as text: by the alerts about one thing, then by what happened to one of them.
    sequence: `${padded(alert.number)}${padded(alert.revision)}`,
    title: alertTitle(alert, alert.notice, { ...reading, max: maxSubjectLength }),
    attributes: toAttributes(alert),
    data,
  });
  const fitting = takeWithin(dns, maxMessageBytes - messageBytesOf(message), messageBytesOf);
  return { ...message, event: { ...message.event, data: { ...data, dns: fitting } } };
};

/** The same message for people: with the subject and the attributes of the message, as an e-mail and as an SMS. */
export const toAlertText = (
  alert: PublishableAlert,
  { subject, attributes }: Pick<OutgoingMessage, "subject" | "attributes">,
  settings: AlertMessageSettings,
): OutgoingText => {
  const reading = { now: newestTime(alert), zone: settings.zone };
  const title = alertTitle(alert, alert.notice, reading);
  return { subject, attributes, text: alertMail(boundAlert(alert), title, settings), sms: title };
};
