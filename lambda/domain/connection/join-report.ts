import type { ConnectionEvent } from "../event/connection-event.ts";
import { type AlertRules, refreshMicros } from "../rules.ts";
import { compareText } from "../text.ts";
import type { Connection, Occurrence } from "./connection.ts";
import type { ConnectionReport } from "./connection-report.ts";
import { deriveStaleness } from "./derive-staleness.ts";
import { joinTrouble } from "./join-trouble.ts";
import { closedAtOf } from "./planned-stop.ts";
import { forgetRefused, mergeRequests, noRequests, requestsOf } from "./request-memory.ts";
import { joinClock } from "./server-clock.ts";
import { queueUnregisterAll } from "./unregister-all.ts";

type Session = NonNullable<Connection["session"]>;

const begin = ({ server, application, at }: ConnectionReport): Connection => ({
  server,
  application,
  revision: 0,
  seenAt: at,
  watched: false,
  requests: noRequests,
  sweeps: [],
});

const isOlder = (a: Session, b: NonNullable<ConnectionReport["session"]>): boolean =>
  (a.startedAt - b.startedAt || compareText(a.id, b.id)) < 0;

const joinSession = (before: Connection["session"], { session, at }: ConnectionReport) => {
  if (session === undefined) return before;
  const { id, startedAt } = session;
  const isNew = before === undefined || (before.id !== id && isOlder(before, session));
  return isNew ? { id, startedAt, heardAt: at } : before;
};

const later = (before: Occurrence | undefined, time: number, heardAt: number): Occurrence =>
  before !== undefined && before.at >= time ? before : { at: time, heardAt };

const joinEvent = (connection: Connection, event: ConnectionEvent, at: number): Connection => {
  const { serverUp, serverDown, linkUp, linkDown, emptied, sweeps } = connection;
  const { time } = event;
  switch (event.event) {
    case "EventServerConnected":
      return { ...connection, serverUp: later(serverUp, time, at) };
    case "EventServerDisconnected":
      return { ...connection, serverDown: later(serverDown, time, at) };
    case "EventLinkConnected":
      return { ...connection, linkUp: later(linkUp, time, at) };
    case "EventLinkDisconnected":
      return { ...connection, linkDown: later(linkDown, time, at) };
    case "EventUnregisteredAll":
      return {
        ...connection,
        emptied: later(emptied, time, at),
        sweeps: queueUnregisterAll(sweeps, event),
      };
  }
};

const isRevived = (
  { retiredAt = 0 }: Connection,
  { registeredAt = 0 }: ConnectionReport,
): boolean => registeredAt > retiredAt;

// What an outbox sends late, from a session that is over, says neither how many DNs the bridge holds now nor that it
// stops.
const hear = (before: Connection, report: ConnectionReport, rules: AlertRules): Connection => {
  const { at, registered } = report;
  const session = joinSession(before.session, report);
  const isOver = report.session !== undefined && report.session.id !== session?.id;
  return {
    ...before,
    seenAt: Math.max(before.seenAt, at),
    watched: before.watched || report.isHeartbeat,
    session,
    closedAt: closedAtOf(before, { report, session, rules }),
    registered:
      registered === undefined || isOver ? before.registered : { count: registered, heardAt: at },
    retiredAt: isRevived(before, report) ? undefined : before.retiredAt,
    requests: mergeRequests(requestsOf(before), report.requests),
    clock: report.clock ? joinClock(before.clock, report.clock, at) : before.clock,
  };
};

const join = (before: Connection, report: ConnectionReport, rules: AlertRules): Connection => {
  const { at } = report;
  const blind = joinTrouble(before.blind, report, rules);
  if (report.health.kind === "clock") return { ...before, blind };
  const after = report.events.reduce(
    (connection, event) => joinEvent(connection, event, at),
    hear(before, report, rules),
  );
  const wasRefused = before.blind?.cause === "clock" && blind?.cause !== "clock";
  const requests = wasRefused ? forgetRefused(requestsOf(after)) : after.requests;
  return { ...after, blind, requests, stale: deriveStaleness(after, at, rules) };
};

/** Whether two versions of a connection differ, times of hearing and counts aside. */
export const hasChanged = (before: Connection | undefined, after: Connection): boolean => {
  const toText = (connection: Connection): string =>
    JSON.stringify({
      ...connection,
      revision: 0,
      seenAt: 0,
      registered: undefined,
      requests: undefined,
      // Of the T-Server's clock, it counts that it went back or has caught up.
      clock: connection.clock?.back !== undefined,
      blind: connection.blind && { ...connection.blind, lastAt: undefined },
    });
  return before === undefined || toText(before) !== toText(after);
};

/**
 * Joins a request's report into what is known of a connection: maxima by the time at which things happened, so that
 * order of arrival and repetition do not matter. Returns the same object when nothing is worth a write: the bridge was
 * heard just now, and nothing has changed.
 */
export const joinReport = (
  before: Connection | undefined,
  report: ConnectionReport,
  rules: AlertRules,
): Connection => {
  const after = join(before ?? begin(report), report, rules);
  const isFresh =
    before !== undefined &&
    after.seenAt - before.seenAt < refreshMicros(rules) &&
    after.blind?.lastAt === before.blind?.lastAt;
  return isFresh && !hasChanged(before, after)
    ? before
    : { ...after, revision: after.revision + 1 };
};
