import { isRevoked } from "../access/live-keys.ts";
import { type AlertRules, refreshMicros } from "../rules.ts";
import type { Connection } from "./connection.ts";
import type { ConnectionReport } from "./connection-report.ts";
import { deriveStaleness } from "./derive-staleness.ts";
import { joinEvent, joinSession, type Live } from "./join-statements.ts";
import { joinTrouble } from "./join-trouble.ts";
import { closedAtOf } from "./planned-stop.ts";
import { forgetRefused, mergeRequests, noRequests, requestsOf } from "./request-memory.ts";
import { joinClock } from "./server-clock.ts";
import { toStanding } from "./standing-statements.ts";

const begin = ({ server, application, at }: ConnectionReport): Connection => ({
  unproven: true,
  server,
  application,
  revision: 0,
  seenAt: at,
  watched: false,
  requests: noRequests,
  sweeps: [],
});

const isRevived = (
  { retiredAt = 0 }: Connection,
  { registeredAt = 0 }: ConnectionReport,
): boolean => registeredAt > retiredAt;

// A bridge is heard with a live key, and a revoked key said that it stops.
const withoutRevokedStop = (before: Connection, live: Live): Connection => {
  const { closedAt, closedBy } = before;
  const isIt = closedAt !== undefined && isRevoked(live, { by: closedBy, heardAt: closedAt });
  return isIt ? { ...before, closedAt: undefined } : before;
};

const closedByOf = (before: Connection, { keyId }: ConnectionReport, closedAt?: number) => {
  if (closedAt === undefined) return undefined;
  return closedAt === before.closedAt ? before.closedBy : keyId;
};

// What an outbox sends late, from a session that is over, says neither how many DNs the bridge holds now nor that it
// stops.
const hear = (
  before: Connection,
  report: ConnectionReport,
  rules: AlertRules,
  live: Live,
): Connection => {
  const { at, registered } = report;
  const session = joinSession(before.session, report, live);
  const isOver = report.session !== undefined && report.session.id !== session?.id;
  const closedAt = closedAtOf(withoutRevokedStop(before, live), { report, session, rules });
  return {
    ...before,
    unproven: report.registeredAt === undefined ? before.unproven : undefined,
    seenAt: Math.max(before.seenAt, at),
    watched: before.watched || report.isHeartbeat,
    session,
    closedAt,
    closedBy: closedByOf(before, report, closedAt),
    registered:
      registered === undefined || isOver ? before.registered : { count: registered, heardAt: at },
    retiredAt: isRevived(before, report) ? undefined : before.retiredAt,
    requests: mergeRequests(requestsOf(before), report.requests),
    serverClock: report.serverClock
      ? joinClock(before.serverClock, report.serverClock, at)
      : before.serverClock,
  };
};

// What does not stand hides no renewal that is due, and asks for none.
const renewalsOf = (after: Connection, now: number, live: Live): Connection => {
  const { session } = toStanding(after, { live, now });
  return { ...toStanding({ ...after, session }, { live, now }), stale: after.stale };
};

const join = (
  before: Connection,
  report: ConnectionReport,
  rules: AlertRules,
  live: Live,
): Connection => {
  const { at } = report;
  const blind = joinTrouble(before.blind, report, rules);
  if (report.health.kind === "clock") return { ...before, blind };
  const after = report.events.reduce(
    (connection, event) => joinEvent(connection, event, report, live),
    hear(before, report, rules, live),
  );
  const wasRefused = before.blind?.cause === "clock" && blind?.cause !== "clock";
  const requests = wasRefused ? forgetRefused(requestsOf(after)) : after.requests;
  return {
    ...after,
    blind,
    requests,
    stale: deriveStaleness(renewalsOf(after, at, live), at, rules),
  };
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
      serverClock: connection.serverClock?.back !== undefined,
      blind: connection.blind && { ...connection.blind, lastAt: undefined },
    });
  return before === undefined || toText(before) !== toText(after);
};

/**
 * Joins a request's report into what is known of a connection: maxima by the time at which things happened, so that
 * order of arrival and repetition do not matter. Returns the same object when nothing is worth a write: the bridge was
 * heard just now, and nothing has changed. `live`: the live keys, where they are known.
 */
export const joinReport = (
  before: Connection | undefined,
  report: ConnectionReport,
  rules: AlertRules,
  live?: Live,
): Connection => {
  const after = join(before ?? begin(report), report, rules, live);
  const isFresh =
    before !== undefined &&
    after.seenAt - before.seenAt < refreshMicros(rules) &&
    after.blind?.lastAt === before.blind?.lastAt;
  return isFresh && !hasChanged(before, after)
    ? before
    : { ...after, revision: after.revision + 1 };
};
