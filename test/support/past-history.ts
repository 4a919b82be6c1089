import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { advance } from "../../lambda/domain/status/advance.ts";
import { type HistoryRow, historyKey } from "../../lambda/domain/status/history-row.ts";
import { findPastStatus, type PastStatus } from "../../lambda/domain/status/past-status.ts";
import { toPastRegistration } from "../../lambda/domain/status/registration.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";

/** Events of one DN in the order in which they arrived. */
export type Events = readonly RegistrationEvent[];

/** When an event was received, by our clock. */
export const receiptOf = (event: RegistrationEvent): number => event.time + 7;

/** The status to which events lead. */
export const statusOf = (events: Events): RegistrationStatus => {
  const status = events.reduce<RegistrationStatus | undefined>(
    (before, event) => advance(before, [event], receiptOf(event)),
    undefined,
  );
  if (status === undefined) throw new Error("no event");
  return status;
};

const toRow = (event: RegistrationEvent): HistoryRow => ({
  ...event,
  receivedAt: receiptOf(event),
  outcome: "applied",
  keyId: "key",
});

/** The rows of events, the newest first. Of an event that came again in a later session, the history has the first coming. */
export const rowsOf = (events: Events): HistoryRow[] =>
  [...Map.groupBy(events, ({ id }) => id).values()]
    .flatMap(([first]) => (first === undefined ? [] : [toRow(first)]))
    .sort((a, b) => (historyKey(a) < historyKey(b) ? 1 : -1));

/** A status of the past as readers see it, without the time of its change. */
export const shown = (status: PastStatus) => {
  const { changedAt: _, ...registration } = toPastRegistration(status);
  return registration;
};

/** What the status was `at` a time, found from the rows of later seconds than that of `from`. */
export const findPast = (events: Events, at: number, from = Number.NEGATIVE_INFINITY) => {
  const rows = rowsOf(events).filter(({ time }) => from < time && time <= at);
  return findPastStatus(statusOf(events), rows, { at, from });
};
