import { type AlertRules, micros } from "../rules.ts";
import type { Connection } from "./connection.ts";
import { judgeSilence } from "./judge-connection.ts";
import { isLive } from "./outage.ts";

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
