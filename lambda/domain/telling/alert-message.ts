import { formatTime } from "../event-time.ts";
import { reasonOf } from "../status/reason.ts";
import { coverageOf, customerOf, type RegistrationStatus } from "../status/registration-status.ts";
import { compareText } from "../text.ts";
import { endTitle, lossTitle } from "./alert-title.ts";
import { type Message, toMessage } from "./cloud-event.ts";

type Alert = NonNullable<RegistrationStatus["alert"]>;

const severityOf = (status: RegistrationStatus): "critical" | "warning" =>
  coverageOf(status).status === "unregistered" ? "critical" : "warning";

const memberOf = (status: RegistrationStatus) => {
  const { lost, cause = {} } = coverageOf(status);
  return {
    thisDN: status.thisDN,
    applications: lost.map(({ name }) => name).sort(compareText),
    statusSince: formatTime(Math.max(...lost.map(({ application }) => application.statusSince))),
    reason: reasonOf(cause),
  };
};

const toAlert = (
  type: string,
  after: RegistrationStatus,
  // The status that shows the loss: for a resolved alert that is the one before.
  losing: RegistrationStatus,
  alert: Alert,
  more: { title: string; runbookUrl: string | undefined; resolvedAt?: string; resolution?: string },
): Message => {
  const { runbookUrl, ...rest } = more;
  const severity = severityOf(losing);
  return toMessage(after, {
    type,
    about: "alert",
    subject: more.title,
    attributes: { kind: "dn", severity, customerID: customerOf(after) },
    data: {
      alertId: alert.id,
      kind: "dn",
      severity,
      server: after.server,
      count: 1,
      dns: [memberOf(losing)],
      openedAt: formatTime(alert.openedAt),
      ...rest,
      ...(runbookUrl === undefined ? {} : { runbookUrl }),
    },
  });
};

const tellsTheSame = (before: RegistrationStatus, after: RegistrationStatus): boolean =>
  severityOf(before) === severityOf(after) &&
  JSON.stringify(memberOf(before)) === JSON.stringify(memberOf(after));

const resolve = (
  before: RegistrationStatus,
  after: RegistrationStatus,
  alert: Alert,
  runbookUrl: string | undefined,
): Message =>
  toAlert("alert.resolved", after, before, alert, {
    title: endTitle(after),
    runbookUrl,
    resolvedAt: formatTime(after.changedAt),
    // Several events may have come in one write: registered again, then given up.
    resolution: coverageOf(after).status === "registered" ? "registered" : "requested",
  });

/**
 * The alert that a write opens, updates or resolves, from its two images; undefined where it does none of these.
 * An alert is about one DN on one server, open while an application is unregistered unexpectedly.
 */
export const toAlertMessage = (
  before: RegistrationStatus | undefined,
  after: RegistrationStatus,
  runbookUrl: string | undefined,
): Message | undefined => {
  const wasOpen = before?.alert === undefined ? undefined : { ...before, alert: before.alert };
  const { alert } = after;
  if (alert === undefined) return wasOpen && resolve(wasOpen, after, wasOpen.alert, runbookUrl);
  const more = { title: lossTitle(after), runbookUrl };
  if (wasOpen === undefined) return toAlert("alert.opened", after, after, alert, more);
  return tellsTheSame(wasOpen, after)
    ? undefined
    : toAlert("alert.updated", after, after, alert, more);
};
