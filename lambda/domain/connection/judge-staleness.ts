import type { Mark } from "../status/mark.ts";
import type { Application } from "../status/registration-status.ts";
import type { Connection } from "./connection.ts";

// Where the T-Server sends whole seconds only, an event within the second of the reconnect came after it.
const wholeSecondOf = (time: number, since: number): number =>
  time % 1_000_000 === 0 ? since - (since % 1_000_000) : since;

/**
 * Whether a registration came after the reconnect or disconnect since which (microseconds) it had to be renewed. A
 * registration of that session or a later one counts whatever its time: the bridge's clock and the T-Server's differ,
 * and some times are whole seconds.
 */
export const isRenewed = (
  { time, session = 0 }: Pick<Mark, "time" | "session">,
  since: number,
): boolean => time >= wholeSecondOf(time, since) || session >= since;

/**
 * Whether it is no longer known that a registration stands: its application has reconnected or lost its connection
 * since, has stopped, or is silent.
 */
export const isRegistrationStale = (
  { registered }: Application,
  connection: Connection | undefined,
): boolean => {
  if (registered === undefined || connection === undefined) return false;
  const { stale, silentSince, closedAt } = connection;
  const isOld = stale !== undefined && !isRenewed(registered, stale.since);
  return isOld || silentSince !== undefined || closedAt !== undefined;
};
