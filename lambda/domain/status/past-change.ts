import { advance, type EventGroup } from "./advance.ts";
import type { HistoryRow } from "./history-row.ts";
import type { RegistrationStatus } from "./registration-status.ts";
import { eventsOf } from "./replay.ts";
import { isAllSeen, type View } from "./unbroken.ts";

// What shows that the history has dropped rows: an event that the status remembers, or the beginning of a standing, has
// none. Also an event that came again in a later session: no row says when.
const isComplete = (past: RegistrationStatus, rows: readonly HistoryRow[], at: number): boolean => {
  const sessions = new Map(rows.map(({ id, session }) => [id, session]));
  const hasRow = (id: string, session: number | undefined): boolean =>
    sessions.has(id) && sessions.get(id) === session;
  const remembered = eventsOf(past).filter(({ event }) => event.time <= at);
  return (
    remembered.every(({ event: { id, session } }) => hasRow(id, session)) &&
    Object.entries(past.applications).every(([name, { statusSince }]) =>
      rows.some(({ application, time }) => application === name && time <= statusSince),
    )
  );
};

// What arrived together was one write.
const arrivalsOf = (rows: readonly HistoryRow[]): [receivedAt: number, EventGroup][] => {
  const groups = new Map<number, EventGroup>();
  for (const row of rows.toSorted((a, b) => a.receivedAt - b.receivedAt)) {
    const group = groups.get(row.receivedAt);
    groups.set(row.receivedAt, group === undefined ? [row] : [...group, row]);
  }
  return [...groups];
};

/**
 * When the newest change up to the time of a view came to the adapter (our clock, microseconds), from the rows of the
 * status's server: the events are applied in the order in which they arrived, as they were then. Undefined where the rows
 * do not show it exactly: not all were read, or the history has dropped some.
 */
export const findChangedAt = (
  past: RegistrationStatus,
  rows: readonly HistoryRow[],
  view: View,
): number | undefined => {
  const then = rows.filter(({ time }) => time <= view.at);
  if (!isAllSeen(view) || !isComplete(past, then, view.at)) return undefined;
  let status: RegistrationStatus | undefined;
  let changedAt = 0;
  for (const [receivedAt, events] of arrivalsOf(then)) {
    status = advance(status, events, receivedAt);
    ({ changedAt } = status);
  }
  return changedAt;
};
