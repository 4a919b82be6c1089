import { isRevoked, type LiveKeys } from "../access/live-keys.ts";
import { clockLead } from "../event/clock-check.ts";
import type { ConnectionEvent } from "../event/connection-event.ts";
import { compareText } from "../text.ts";
import type { Connection, Occurrence } from "./connection.ts";
import type { ConnectionReport } from "./connection-report.ts";
import { queueUnregisterAll } from "./unregister-all.ts";

/** The live keys, where they are known. */
export type Live = LiveKeys | undefined;

type Session = NonNullable<Connection["session"]>;

const isOlder = (a: Session, b: NonNullable<ConnectionReport["session"]>): boolean =>
  (a.startedAt - b.startedAt || compareText(a.id, b.id)) < 0;

/**
 * The newest session, after a report. One that lies far ahead is not kept: it would outrank the true ones until its time
 * has come, and a bridge says again then what its session is. One gives way to any other when the key that said it has
 * been revoked.
 */
export const joinSession = (
  before: Connection["session"],
  report: ConnectionReport,
  live: Live,
) => {
  const { session, at, keyId } = report;
  if (session === undefined || session.startedAt > at + clockLead) return before;
  const { id, startedAt } = session;
  const isNew =
    before === undefined ||
    isRevoked(live, before) ||
    (before.id !== id && isOlder(before, session));
  return isNew ? { id, startedAt, heardAt: at, by: keyId } : before;
};

const isFarAhead = ({ at, heardAt }: Occurrence): boolean => at > heardAt + clockLead;

/** The newest one; where that lies far ahead of our clock, with the newest that does not. */
const later = (before: Occurrence | undefined, said: Occurrence): Occurrence => {
  if (before === undefined) return said;
  const { past, ...known } = before;
  const [newest, other] = known.at >= said.at ? [known, said] : [said, known];
  if (!isFarAhead(newest)) return newest === known ? before : newest;
  const isPast = !isFarAhead(other) && (past === undefined || past.at < other.at);
  if (newest === known && !isPast) return before;
  return { ...newest, past: isPast ? other : past };
};

/**
 * Joins an event about a connection. What a revoked key said to be down gives way to what a live key says; what it said
 * to be up does so where it lies ahead of our clock.
 */
export const joinEvent = (
  connection: Connection,
  event: ConnectionEvent,
  { at, keyId }: ConnectionReport,
  live: Live,
): Connection => {
  const { serverUp, serverDown, linkUp, linkDown, emptied, sweeps } = connection;
  const said = { at: event.time, heardAt: at, by: keyId };
  const counting = (before: Occurrence | undefined, isDown: boolean) =>
    before && isRevoked(live, before) && (isDown || before.at > at) ? before.past : before;
  switch (event.event) {
    case "EventServerConnected":
      return { ...connection, serverUp: later(counting(serverUp, false), said) };
    case "EventServerDisconnected":
      return { ...connection, serverDown: later(counting(serverDown, true), said) };
    case "EventLinkConnected":
      return { ...connection, linkUp: later(counting(linkUp, false), said) };
    case "EventLinkDisconnected":
      return { ...connection, linkDown: later(counting(linkDown, true), said) };
    case "EventUnregisteredAll":
      return {
        ...connection,
        emptied: later(emptied, said),
        sweeps: queueUnregisterAll(sweeps, event),
      };
  }
};
