import { type AlertRules, micros } from "../rules.ts";
import type { Connection, StaleCause } from "./connection.ts";

type Stale = NonNullable<Connection["stale"]>;
type Known = Pick<Connection, "session" | "serverUp" | "serverDown" | "stale">;

// A bridge that has sessions shows by them when it reconnected: its own Connected event comes a moment before or after.
const reconnectOf = ({ session, serverUp }: Known): number | undefined =>
  session?.startedAt ?? serverUp?.at;

const beginningOf = (known: Known): Pick<Stale, "since" | "cause"> | undefined => {
  const reconnect = reconnectOf(known);
  const disconnect = known.serverDown?.at;
  if (disconnect !== undefined && (reconnect === undefined || disconnect > reconnect)) {
    return { since: disconnect, cause: "disconnect" satisfies StaleCause };
  }
  return reconnect === undefined
    ? undefined
    : { since: reconnect, cause: "reconnect" satisfies StaleCause };
};

/**
 * Which registrations must be renewed, derived only from the newest session and the newest up and down, so that the
 * order of arrival does not matter. `at` (microseconds, our clock) starts the wait where the result is new.
 */
export const deriveStaleness = (known: Known, at: number, rules: AlertRules): Stale | undefined => {
  const beginning = beginningOf(known);
  const { stale } = known;
  if (beginning === undefined) return undefined;
  const isKnown = stale?.since === beginning.since && stale.cause === beginning.cause;
  return isKnown ? stale : { ...beginning, renewBy: at + micros(rules.renewSeconds), done: false };
};
