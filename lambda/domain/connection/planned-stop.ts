import { type AlertRules, micros } from "../rules.ts";
import type { Connection } from "./connection.ts";
import type { ConnectionReport } from "./connection-report.ts";

// Without a session, what comes within this time of a bridge's stop was sent before it.
const lateSeconds = 30;

/** What the bridge reported, and the session that its connection has after that. */
type Reported = {
  report: ConnectionReport;
  session: Connection["session"];
  rules: Pick<AlertRules, "silenceSeconds">;
};

/**
 * Since when a connection has been closed on purpose, after a report; `session` is its session then. Requests that were
 * under way when the bridge said that it stops do not show that it is back: a new session does, or where the bridge
 * reports none, time.
 */
export const closedAtOf = (
  { closedAt, session: before }: Connection,
  { report, session, rules }: Reported,
): number | undefined => {
  const { at, isClosing, session: said } = report;
  const isNew = session?.id !== before?.id;
  const isOver = said !== undefined && said.id !== session?.id;
  if (isClosing && !isOver) return isNew ? at : (closedAt ?? at);
  if (closedAt === undefined) return undefined;
  // In its old session, a bridge is back when it still sends after longer than any request can be under way.
  const late = said === undefined ? lateSeconds : rules.silenceSeconds;
  return isNew || (!isOver && at - closedAt > micros(late)) ? undefined : closedAt;
};
