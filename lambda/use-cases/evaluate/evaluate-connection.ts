import { plannedWorkEnd } from "../../domain/alerting/planned-work.ts";
import {
  type WatchedCondition,
  watchBridge,
  watchServer,
} from "../../domain/alerting/watched-condition.ts";
import { isInventing } from "../../domain/alerting/watched-names.ts";
import type { Connection, ConnectionKey, Sweep } from "../../domain/connection/connection.ts";
import { planSweeps } from "../../domain/connection/plan-sweeps.ts";
import { isServerProven } from "../../domain/connection/proof.ts";
import {
  changeStanding,
  type StatementContext,
  toStanding,
} from "../../domain/connection/standing-statements.ts";
import { createChangeConnection } from "../change-connection.ts";
import { createCompareRegistered } from "./compare-registered.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import type { ReconcileCondition } from "./reconcile-condition.ts";
import type { ReleaseHeld } from "./release-held.ts";
import { createReadContext, withStandingConnections } from "./standing-connections.ts";

const microsPerSecond = 1_000_000;
const longestDelaySeconds = 900; // SQS delays a message by no more than this.

const dueTimesOf = ({ stale }: Connection, watched: readonly WatchedCondition[]) => [
  ...watched.map(({ condition }) => condition?.dueAt),
  stale?.done === false ? stale.renewBy : undefined,
];

const firstAfter = (times: readonly (number | undefined)[], now: number): number | undefined =>
  times
    .filter((time) => time !== undefined)
    .filter((time) => time > now)
    .sort((a, b) => a - b)[0];

/**
 * Builds the evaluation of a bridge's connection. What is wrong with it and its server gets an alert, unless work on
 * the server is planned, or there may be no such server; sweeps that its registrations need are started, and losses that
 * nothing holds back any more are released. Each step may be repeated.
 */
export const createEvaluateConnection = (
  ports: EvaluatePorts,
  alerting: { reconcileCondition: ReconcileCondition; releaseHeld: ReleaseHeld },
) => {
  const { readWindows, requestEvaluation, rules, now } = ports;
  const { readConnectionsOfServer, readAllConnections } = withStandingConnections(ports);
  const readContext = createReadContext(ports);
  const changeConnection = createChangeConnection(ports);
  const compareRegistered = createCompareRegistered(ports, changeConnection);

  const plan = async (
    key: ConnectionKey,
    context: StatementContext,
  ): Promise<Connection | undefined> => {
    let start: Sweep[] = [];
    const connection = await changeConnection(key, (stored) =>
      changeStanding(stored, context, (before) => {
        const planned = planSweeps(before, rules, now());
        start = planned.start;
        return planned.connection;
      }),
    );
    const { server, application } = key;
    const messages = start.map(({ id }) => ({
      message: { kind: "sweep" as const, server, application, sweepId: id },
      delaySeconds: 0,
    }));
    if (messages.length > 0) await requestEvaluation(messages);
    return connection;
  };

  const reconcile = async (watched: WatchedCondition, mayOpen: boolean): Promise<void> => {
    const { condition, ...rest } = watched;
    // A condition that is still held down is neither bad enough to alert operations nor over.
    if (condition !== undefined && condition.dueAt > now()) return;
    await alerting.reconcileCondition(rest, condition !== undefined, mayOpen);
  };

  const readWorkEnd = async (
    server: string,
    expected: readonly WatchedCondition[],
  ): Promise<number | undefined> => {
    const isAnyDue = expected.some(({ condition }) => condition && condition.dueAt <= now());
    return isAnyDue ? plannedWorkEnd(await readWindows(now()), server, now()) : undefined;
  };

  // A bridge that says how many DNs it holds on a new server may have lost all their events on the way here.
  const isTrusted = async ({ application }: ConnectionKey): Promise<boolean> =>
    !isInventing(await readAllConnections(), application, rules);

  const scheduleRecheck = async (
    { server, application }: ConnectionKey,
    at: number | undefined,
  ): Promise<void> => {
    if (at === undefined) return;
    const delaySeconds = Math.min((at - now()) / microsPerSecond, longestDelaySeconds);
    const message = { kind: "connection" as const, server, application };
    await requestEvaluation([{ message, delaySeconds }]);
  };

  return async (key: ConnectionKey): Promise<void> => {
    const context = await readContext();
    const planned = await plan(key, context);
    if (planned === undefined) return;
    const compared = await compareRegistered(toStanding(planned, context));
    const connection = toStanding(compared, context);
    const all = await readConnectionsOfServer(key.server);
    const server = watchServer(key.server, all, rules, now());
    const bridge = watchBridge(connection, rules, now());
    const watched = [server, ...Object.values(bridge)];
    // What planned work on a server causes.
    const expected = [server, bridge.silent];
    const workEnd = await readWorkEnd(key.server, expected);
    const isProven = isServerProven([connection, ...all], rules);
    const mayOpen = async (one: WatchedCondition): Promise<boolean> =>
      (workEnd === undefined || !expected.includes(one)) &&
      (isProven || (one === bridge.mismatch && one.condition && (await isTrusted(key))) === true);
    for (const one of watched) await reconcile(one, await mayOpen(one));
    const isHolding = server.condition !== undefined || connection.silentSince !== undefined;
    if (!isHolding || !isProven) await alerting.releaseHeld(key.server);
    await scheduleRecheck(key, firstAfter([...dueTimesOf(connection, watched), workEnd], now()));
  };
};
