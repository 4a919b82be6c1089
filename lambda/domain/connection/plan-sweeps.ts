import { type AlertRules, micros } from "../rules.ts";
import type { Connection, Sweep } from "./connection.ts";
import { judgeSilence } from "./judge-connection.ts";

/** A connection with the sweeps that it needs, and those of them that must be started, or started again. */
export type Plan = { connection: Connection; start: Sweep[] };

/** How long a sweep without progress is left alone, in microseconds: its message may have been lost. */
export const stuckAfter = 120_000_000;

// Registrations had to be renewed by now, and no sweep has handled those that were not.
const isRenewalOver = ({ done, renewBy }: NonNullable<Connection["stale"]>, now: number): boolean =>
  !done && renewBy <= now;

const isLose = ({ purpose }: Sweep): boolean => purpose.kind === "lose";
const isMark = ({ purpose }: Sweep): boolean => purpose.kind === "mark";

// A bridge that is heard again has renewals to send that it could not send meanwhile.
const renewLater = (
  { stale }: Connection,
  { renewSeconds }: AlertRules,
  now: number,
): Connection["stale"] =>
  stale === undefined || stale.done
    ? stale
    : { ...stale, renewBy: Math.max(stale.renewBy, now + micros(renewSeconds)) };

// The id is derived from the sweep's purpose, so that two evaluators that ask for it ask for the same sweep.
const replaceMark = (connection: Connection, stale: boolean, now: number): Connection => {
  const { seenAt, sweeps } = connection;
  const purpose = { kind: "mark" as const, stale };
  const id = `${stale ? "silent" : "heard"}-${seenAt}`;
  return {
    ...connection,
    silentSince: stale ? seenAt : undefined,
    // The newest mark is the one that counts.
    sweeps: [...sweeps.filter((sweep) => !isMark(sweep)), { id, purpose, progressAt: now }],
  };
};

const planMark = (connection: Connection, rules: AlertRules, now: number): Connection => {
  const isSilent = judgeSilence(connection, rules, now) !== undefined;
  // A bridge that was heard in between, while no evaluator checked, may have registered something.
  const since = isSilent ? connection.seenAt : undefined;
  if (connection.silentSince === since) return connection;
  const marked = replaceMark(connection, isSilent, now);
  return isSilent ? marked : { ...marked, stale: renewLater(marked, rules, now) };
};

const planLoss = (connection: Connection, now: number): Connection => {
  const { stale, sweeps, silentSince, closedAt } = connection;
  // No application can renew a registration through a bridge that is not heard: its registrations read stale meanwhile.
  const isUnheard = silentSince !== undefined || closedAt !== undefined;
  if (stale === undefined || isUnheard || !isRenewalOver(stale, now)) return connection;
  const { since, cause } = stale;
  const id = `lose-${since}-${cause}`;
  const purpose = { kind: "lose" as const, since, cause };
  return sweeps.some((sweep) => sweep.id === id)
    ? connection
    : // A later reconnect covers everything that an earlier one would.
      {
        ...connection,
        sweeps: [...sweeps.filter((sweep) => !isLose(sweep)), { id, purpose, progressAt: now }],
      };
};

const restartStuck = (connection: Connection, now: number): Connection => {
  const isStuck = ({ progressAt }: Sweep) => progressAt + stuckAfter <= now;
  if (!connection.sweeps.some(isStuck)) return connection;
  const sweeps = connection.sweeps.map((sweep) =>
    isStuck(sweep) ? { ...sweep, progressAt: now } : sweep,
  );
  return { ...connection, sweeps };
};

/**
 * Plans what must be done to the registrations of a connection: they read stale when it falls silent and no longer when
 * it is heard again; those that were not renewed in time are lost. Returns the same connection when there is nothing
 * new.
 */
export const planSweeps = (connection: Connection, rules: AlertRules, now: number): Plan => {
  const planned = restartStuck(planLoss(planMark(connection, rules, now), now), now);
  const isKnown = (sweep: Sweep) => connection.sweeps.includes(sweep);
  return { connection: planned, start: planned.sweeps.filter((sweep) => !isKnown(sweep)) };
};
