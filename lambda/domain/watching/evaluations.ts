import type { EvaluationRequest } from "../alerting/evaluation-message.ts";
import type { AlertRules } from "../alerting/rules.ts";
import type { ConnectionEvent } from "../event/connection-event.ts";
import type { Connection } from "./connection.ts";
import { judgeBlindness } from "./judge-connection.ts";
import type { Observation } from "./observation.ts";
import { isNews } from "./observe.ts";

/** A connection before and after something was heard of it. */
export type Noted = { before: Connection | undefined; after: Connection };

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
 * What the evaluator is asked after an observation: at once where there is news, after the hold-down where something went
 * down, and when registrations must have been renewed. A repeated event asks again: the first time may have failed here.
 */
export const evaluationsOf = (
  { before, after }: Noted,
  { server, application, events }: Observation,
  rules: AlertRules,
): EvaluationRequest[] => {
  const { holdDownSeconds, renewSeconds } = rules;
  const current = events.filter((event) => newestOf(after, event) === event.time);
  const isHeardAgain = after !== before && after.silentSince !== undefined;
  const isBlind = (connection: Connection) => judgeBlindness(connection, rules) !== undefined;
  const isBlindAnew = isBlind(after) && (before === undefined || !isBlind(before));
  const isStaleAnew = after.stale !== undefined && after.stale.renewBy !== before?.stale?.renewBy;
  const delays = new Set([
    ...(isHeardAgain || isBlindAnew || current.length > 0 || isNews(before, after) ? [0] : []),
    ...(current.some(isDown) ? [holdDownSeconds] : []),
    ...(isStaleAnew ? [renewSeconds] : []),
  ]);
  const message = { kind: "connection" as const, server, application };
  return [...delays].map((delaySeconds) => ({ message, delaySeconds }));
};
