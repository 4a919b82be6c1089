import type { Connection } from "../../domain/connection/connection.ts";
import { judgeSilence } from "../../domain/connection/judge-connection.ts";
import { isLive } from "../../domain/connection/outage.ts";
import { type AlertRules, micros } from "../../domain/rules.ts";
import type { ChangeConnection } from "../change-connection.ts";
import type { CountRegistered } from "./count-registered.ts";

/**
 * Whether it is time to compare what a bridge says it holds with what we count: each time while that differs, else as often
 * as a difference must last to be told. While registrations are being renewed or swept the two differ without harm.
 */
export const isComparisonDue = (
  connection: Connection,
  rules: AlertRules,
  now: number,
): boolean => {
  const { registered, mismatchSince, counted, stale, sweeps } = connection;
  const isMoving = stale?.done === false || sweeps.length > 0;
  if (registered === undefined || isMoving || !isLive(connection)) return false;
  if (judgeSilence(connection, rules, now) !== undefined) return false;
  const wait = micros(rules.mismatchSeconds);
  const isOld = registered.heardAt + wait < now;
  const next = counted === undefined ? 0 : counted.at + wait;
  // What it said long ago may end a difference, not begin one.
  return mismatchSince !== undefined || (!isOld && next <= now);
};

/** Builds the comparison; it notes in the connection since when the numbers differ. */
export const createCompareRegistered =
  (dependencies: {
    countRegistered: CountRegistered;
    changeConnection: ChangeConnection;
    rules: AlertRules;
    now: () => number;
  }) =>
  async (connection: Connection): Promise<Connection> => {
    const { countRegistered, changeConnection, rules, now } = dependencies;
    const { registered } = connection;
    if (registered === undefined || !isComparisonDue(connection, rules, now())) return connection;
    const count = await countRegistered(connection, registered.count);
    const at = now();
    const compared = await changeConnection(connection, (current) => ({
      ...current,
      counted: { count, at },
      mismatchSince:
        current.registered?.count === count ? undefined : (current.mismatchSince ?? at),
    }));
    return compared ?? connection;
  };

/** Compares the numbers where it is time, and gives the connection as it is then (see `createCompareRegistered`). */
export type CompareRegistered = ReturnType<typeof createCompareRegistered>;
