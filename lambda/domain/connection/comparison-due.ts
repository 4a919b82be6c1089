import { type AlertRules, micros } from "../rules.ts";
import type { Connection } from "./connection.ts";
import { judgeSilence } from "./judge-connection.ts";
import { isLive } from "./outage.ts";

/**
 * Whether to compare the number of DNs that a bridge reports with our count: every time while the two differ, otherwise
 * as often as a difference must last before it is alerted. While registrations are being renewed or swept, the two may
 * differ without harm.
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
  // An old report may end a difference, not begin one.
  return mismatchSince !== undefined || (!isOld && next <= now);
};
