import { type AlertRules, micros } from "../rules.ts";
import type { Connection, Occurrence, StaleCause } from "./connection.ts";

type Stale = NonNullable<Connection["stale"]>;
type Known = Pick<Connection, "session" | "serverUp" | "serverDown" | "stale">;

// A bridge that has sessions shows by them when it reconnected: its own Connected event comes a moment before or after.
const reconnectOf = ({ session, serverUp }: Known): Pick<Occurrence, "at" | "by"> | undefined =>
  session === undefined ? serverUp : { at: session.startedAt, by: session.by };

const beginningOf = (known: Known): Pick<Stale, "since" | "cause" | "by"> | undefined => {
  const reconnect = reconnectOf(known);
  const disconnect = known.serverDown;
  if (disconnect !== undefined && (reconnect === undefined || disconnect.at > reconnect.at)) {
    return { since: disconnect.at, cause: "disconnect" satisfies StaleCause, by: disconnect.by };
  }
  return reconnect === undefined
    ? undefined
    : { since: reconnect.at, cause: "reconnect" satisfies StaleCause, by: reconnect.by };
};

/**
 * Which registrations must be renewed, derived only from the newest session and the newest up and down, so that the
 * order of arrival does not matter. `at` (microseconds, our clock) starts the wait where the result is new, unless it
 * begins later still: then that does.
 */
export const deriveStaleness = (known: Known, at: number, rules: AlertRules): Stale | undefined => {
  const beginning = beginningOf(known);
  const { stale } = known;
  if (beginning === undefined) return undefined;
  const isKnown =
    stale !== undefined && stale.since === beginning.since && stale.cause === beginning.cause;
  if (isKnown) return stale.by === beginning.by ? stale : { ...stale, by: beginning.by };
  const from = Math.max(at, beginning.since);
  return { ...beginning, renewBy: from + micros(rules.renewSeconds), done: false };
};
