import { tryAll } from "../../async/try-all.ts";
import type { LiveKeys } from "../../domain/access/live-keys.ts";
import type { AlertKey } from "../../domain/alerting/loss.ts";
import { watchBridge } from "../../domain/alerting/watched-condition.ts";
import { watchNames } from "../../domain/alerting/watched-names.ts";
import { isComparisonDue } from "../../domain/connection/comparison-due.ts";
import type { Connection, ConnectionKey } from "../../domain/connection/connection.ts";
import { outagesOf } from "../../domain/connection/outage.ts";
import { planSweeps } from "../../domain/connection/plan-sweeps.ts";
import { liveServers } from "../../domain/connection/retired-servers.ts";
import { toStanding } from "../../domain/connection/standing-statements.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import type { ReconcileCondition } from "./reconcile-condition.ts";

const width = 8;
const dueAtOnce = 500;

/**
 * Whether a connection needs to be evaluated: something is wrong, over or due. As it is `stored`, it shows an outage as
 * well that a revoked key reported, whose alert must end.
 */
export const needsEvaluation = (
  stored: Connection,
  rules: AlertRules,
  { live, now }: { live: LiveKeys | undefined; now: number },
): boolean => {
  const connection = toStanding(stored, { live, now });
  const { connection: planned } = planSweeps(connection, rules, now);
  const bridge = Object.values(watchBridge(connection, rules, now));
  return (
    planned !== connection ||
    outagesOf([connection]).length > 0 ||
    outagesOf([stored]).length > 0 ||
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
  reconcileCondition: ReconcileCondition;
};

/**
 * Builds the scheduled run of every minute, which finds what no message reports: bridges that say nothing, what is due,
 * and whatever a lost message left open. It also counts the servers that are known and not retired. `thorough`: it
 * searches losses of any age. Throws when a part of it failed, after all were tried. It reads first which keys are live,
 * so that what a revoked one said ends with this run.
 */
export const createScheduledRun = (
  ports: Pick<
    EvaluatePorts,
    "readAllConnections" | "readDueAlerts" | "readLiveKeys" | "emitMetrics" | "rules" | "now"
  >,
  work: ScheduledWork,
) => {
  const { readAllConnections, readDueAlerts, readLiveKeys, emitMetrics, rules, now } = ports;
  const tryEach = (parts: readonly (() => Promise<void>)[]): Promise<void> =>
    tryAll("a part of the scheduled run failed", width, parts);

  const checkConnections = async (live: LiveKeys | undefined): Promise<void> => {
    const all = await readAllConnections();
    emitMetrics([{ name: "ServersKnown", value: liveServers(all).size, unit: "Count" }]);
    const standing = all.map((stored) => toStanding(stored, { live, now: now() }));
    const due = all.filter((stored) => needsEvaluation(stored, rules, { live, now: now() }));
    await tryEach([
      ...due.map((stored) => () => work.evaluateConnection(stored)),
      // What ends an alert about invented names, the alert finds when it is due.
      ...watchNames(standing, rules).map(
        (condition) => () => work.reconcileCondition(condition, true),
      ),
    ]);
  };

  const settleDue = async (): Promise<void> => {
    const due = await readDueAlerts(now(), dueAtOnce);
    await tryEach(due.map((key) => () => work.settleAlert(key)));
  };

  return async (thorough: boolean): Promise<void> => {
    const live = await readLiveKeys({ reload: true });
    await tryEach([
      () => checkConnections(live),
      settleDue,
      () => work.releaseHeld(undefined),
      () => work.findUndecided(thorough),
    ]);
  };
};
