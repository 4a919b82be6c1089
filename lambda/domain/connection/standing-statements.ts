import { isRevoked, type LiveKeys } from "../access/live-keys.ts";
import { clockLead } from "../event/clock-check.ts";
import type { Connection, Occurrence } from "./connection.ts";

/** What decides which statements stand: the live keys, where they are known, and our clock in microseconds. */
export type StatementContext = { live: LiveKeys | undefined; now: number };

/** A connection with those of its statements that stand; `revoked`: what a revoked key said is down. */
export type StandingConnection = Connection & {
  revoked?: Pick<Connection, "serverDown" | "linkDown"> | undefined;
};

type Down = Occurrence | undefined;

// A clock that is a little ahead says nothing of the future: what it says counts from when it is heard.
const isPlausible = (time: number, { now }: StatementContext): boolean => time <= now + clockLead;

const hasBegun = ({ at, heardAt }: Occurrence, { now }: StatementContext): boolean =>
  at <= now || at <= heardAt + clockLead;

const standingDown = (down: Down, context: StatementContext): Down =>
  [down, down?.past].find(
    (one) => one !== undefined && hasBegun(one, context) && !isRevoked(context.live, one),
  );

const revokedDown = (down: Down, context: StatementContext): Down =>
  down !== undefined && hasBegun(down, context) && isRevoked(context.live, down) ? down : undefined;

// What has been said to be up was up when we heard it at the latest, however wrong the clock is that gave the time.
const asHeard = (up: Occurrence, context: StatementContext): Occurrence =>
  isPlausible(up.at, context) ? up : { ...up, at: Math.min(up.at, up.heardAt) };

const newestUp = (
  ups: readonly (Occurrence | undefined)[],
  context: StatementContext,
): Occurrence | undefined =>
  ups
    .filter((up) => up !== undefined)
    .map((up) => asHeard(up, context))
    .reduce<Occurrence | undefined>(
      (newest, up) => (newest === undefined || newest.at < up.at ? up : newest),
      undefined,
    );

type Session = NonNullable<Connection["session"]>;

const isSessionStanding = (session: Session, context: StatementContext): boolean =>
  isPlausible(session.startedAt, context) && !isRevoked(context.live, session);

const isStaleStanding = (
  { session, serverUp, serverDown, stale }: Connection,
  context: StatementContext,
): boolean => {
  if (stale === undefined) return true;
  const sources = [session, serverUp, serverDown].filter((one) => one?.by === stale.by);
  const heardAt = sources.reduce((last, one) => Math.max(last, one?.heardAt ?? 0), 0);
  return isPlausible(stale.since, context) && !isRevoked(context.live, { by: stale.by, heardAt });
};

// A bridge whose last key was revoked after it had stopped stays quietly closed.
const isClosedStanding = (
  { closedAt, closedBy, application }: Connection,
  { live }: StatementContext,
): boolean =>
  closedAt === undefined ||
  !isRevoked(live, { by: closedBy, heardAt: closedAt }) ||
  live?.applications.has(application) !== true;

const statements = [
  "serverDown",
  "serverUp",
  "linkDown",
  "linkUp",
  "session",
  "stale",
  "closedAt",
] as const;

/**
 * A connection as it must be judged: without the statements that hold something back, or make something stale, and were
 * made by a key that has been revoked since, or whose time has not come. What ends a hold is never taken away, even where
 * a revoked key said it: a changed key must not bring an ended outage back. So a session that does not stand is still an
 * up. Returns the same connection when all statements stand. Only for judging: what is stored keeps all.
 */
export const toStanding = (
  connection: Connection,
  context: StatementContext,
): StandingConnection => {
  const { serverDown, serverUp, linkDown, linkUp, session, stale, closedAt } = connection;
  const isSessionLost = session !== undefined && !isSessionStanding(session, context);
  const sessionUp = isSessionLost ? { ...session, at: session.startedAt } : undefined;
  const standing = {
    serverDown: standingDown(serverDown, context),
    serverUp: newestUp([serverUp, serverUp?.past, sessionUp], context),
    linkDown: standingDown(linkDown, context),
    linkUp: newestUp([linkUp, linkUp?.past], context),
    session: isSessionLost ? undefined : session,
    stale: isStaleStanding(connection, context) ? stale : undefined,
    closedAt: isClosedStanding(connection, context) ? closedAt : undefined,
  };
  if (statements.every((name) => standing[name] === connection[name])) return connection;
  const revoked = {
    serverDown: revokedDown(serverDown, context),
    linkDown: revokedDown(linkDown, context),
  };
  return { ...connection, ...standing, revoked };
};

/**
 * Changes a connection as it stands, and returns it as it must be stored: statements that do not stand now are kept, as
 * their time may come. A change that returns the same connection changes nothing.
 */
export const changeStanding = (
  stored: Connection,
  context: StatementContext,
  change: (standing: Connection) => Connection,
): Connection => {
  const standing = toStanding(stored, context);
  const changed = change(standing);
  if (changed === standing) return stored;
  const { revoked: _, ...rest }: StandingConnection = changed;
  const kept = statements.filter((name) => standing[name] !== stored[name]);
  return { ...rest, ...Object.fromEntries(kept.map((name) => [name, stored[name]])) };
};
