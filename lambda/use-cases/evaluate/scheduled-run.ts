import { tryAll } from "../../async/try-all.ts";
import type { AlertKey } from "../../domain/alerting/loss.ts";
import { watchBridge } from "../../domain/alerting/watched-condition.ts";
import { isComparisonDue } from "../../domain/connection/comparison-due.ts";
import type { Connection, ConnectionKey } from "../../domain/connection/connection.ts";
import { outagesOf } from "../../domain/connection/outage.ts";
import { planSweeps } from "../../domain/connection/plan-sweeps.ts";
import { liveServers } from "../../domain/connection/retired-servers.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

const width = 8;
const dueAtOnce = 500;

/** Whether a connection needs to be evaluated: something is wrong, over or due. */
export const needsEvaluation = (
  connection: Connection,
  rules: AlertRules,
  now: number,
): boolean => {
  const { connection: planned } = planSweeps(connection, rules, now);
  const bridge = Object.values(watchBridge(connection, rules, now));
  return (
    planned !== connection ||
    outagesOf([connection]).length > 0 ||
    bridge.some(({ condition }) => condition !== undefined) ||
    isComparisonDue(connection, rules, now)
  );
};

/** The parts of the evaluator's work that a scheduled run takes care of. */
export type ScheduledWork = {
  evaluateConnection: (key: ConnectionKey) => Promise<void>;
  settleAlert: (key: AlertKey) => Promise<void>;
  releaseHeld: (server: string | undefined) => Promise<void>;
  findUndecided: (thorough: boolean) => Promise<void>;
};

/**
 * Builds the scheduled run of every minute, which finds what no message reports: bridges that say nothing, what is due,
 * and whatever a lost message left open. It also counts the servers that are known and not retired. `thorough`: it searches losses of any age. Throws when a part of it failed,
 * after all were tried.
 */
export const createScheduledRun = (
  ports: Pick<
    EvaluatePorts,
    "readAllConnections" | "readDueAlerts" | "emitMetrics" | "rules" | "now"
  >,
  work: ScheduledWork,
) => {
  const { readAllConnections, readDueAlerts, emitMetrics, rules, now } = ports;
  const tryEach = (parts: readonly (() => Promise<void>)[]): Promise<void> =>
    tryAll("a part of the scheduled run failed", width, parts);

  const checkConnections = async (): Promise<void> => {
    const connections = await readAllConnections();
    emitMetrics([{ name: "ServersKnown", value: liveServers(connections).size, unit: "Count" }]);
    const due = connections.filter((connection) => needsEvaluation(connection, rules, now()));
    await tryEach(due.map((connection) => () => work.evaluateConnection(connection)));
  };

  const settleDue = async (): Promise<void> => {
    const due = await readDueAlerts(now(), dueAtOnce);
    await tryEach(due.map((key) => () => work.settleAlert(key)));
  };

  return (thorough: boolean): Promise<void> =>
    tryEach([
      checkConnections,
      settleDue,
      () => work.releaseHeld(undefined),
      () => work.findUndecided(thorough),
    ]);
};
