import type { EvaluationRequest } from "../../domain/alerting/evaluation-message.ts";
import type { Connection } from "../../domain/connection/connection.ts";
import type { ConnectionReport } from "../../domain/connection/connection-report.ts";
import { hasChanged } from "../../domain/connection/join-report.ts";
import { judgeBlindness } from "../../domain/connection/judge-connection.ts";
import type { ClockProgress } from "../../domain/connection/server-clock.ts";
import type { ConnectionEvent } from "../../domain/event/connection-event.ts";
import type { AlertRules } from "../../domain/rules.ts";

/** A connection before and after something was heard of it, and what that says of its T-Server's clock. */
export type RecordedReport = {
  before: Connection | undefined;
  after: Connection;
  progress: ClockProgress;
};

/** When the newest event of this kind happened, as a connection says. */
export const newestOf = (
  connection: Connection | undefined,
  { event }: Pick<ConnectionEvent, "event">,
): number | undefined => {
  switch (event) {
    case "EventServerConnected":
      return connection?.serverUp?.at;
    case "EventServerDisconnected":
      return connection?.serverDown?.at;
    case "EventLinkConnected":
      return connection?.linkUp?.at;
    case "EventLinkDisconnected":
      return connection?.linkDown?.at;
    case "EventUnregisteredAll":
      return connection?.emptied?.at;
  }
};

const isDown = ({ event }: ConnectionEvent): boolean =>
  event === "EventServerDisconnected" || event === "EventLinkDisconnected";

/**
 * The requests to the evaluator after a report: at once where something has changed, after the hold-down where
 * something went down, and when registrations must have been renewed. A repeated event asks again: the first request
 * may have failed here.
 */
export const connectionEvaluationsOf = (
  { before, after }: Pick<RecordedReport, "before" | "after">,
  { server, application, events }: ConnectionReport,
  rules: AlertRules,
): EvaluationRequest[] => {
  const { holdDownSeconds, renewSeconds } = rules;
  const current = events.filter((event) => newestOf(after, event) === event.time);
  const isHeardAgain = after !== before && after.silentSince !== undefined;
  const isBlind = (connection: Connection) => judgeBlindness(connection, rules) !== undefined;
  const isNewlyBlind = isBlind(after) && (before === undefined || !isBlind(before));
  const isNewlyStale = after.stale !== undefined && after.stale.renewBy !== before?.stale?.renewBy;
  const delays = new Set([
    ...(isHeardAgain || isNewlyBlind || current.length > 0 || hasChanged(before, after) ? [0] : []),
    ...(current.some(isDown) ? [holdDownSeconds] : []),
    ...(isNewlyStale ? [renewSeconds] : []),
  ]);
  const message = { kind: "connection" as const, server, application };
  return [...delays].map((delaySeconds) => ({ message, delaySeconds }));
};
