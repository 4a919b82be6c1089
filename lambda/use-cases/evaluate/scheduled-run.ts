import { inParallel } from "../../async/in-parallel.ts";
import type { AlertKey } from "../../domain/alerting/loss.ts";
import { watchBridge } from "../../domain/alerting/watched-condition.ts";
import type { Connection, ConnectionKey } from "../../domain/connection/connection.ts";
import { outagesOf } from "../../domain/connection/outage.ts";
import { planSweeps } from "../../domain/connection/plan-sweeps.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type { ReadDueAlerts } from "../../ports/alerts.ts";
import type { ReadAllConnections } from "../../ports/connections.ts";
import { isComparisonDue } from "./compare-registered.ts";

/** What the schedule's minute needs of the outside; `now` in microseconds. */
export type ScheduledRunDependencies = {
  readAllConnections: ReadAllConnections;
  evaluateConnection: (key: ConnectionKey) => Promise<void>;
  readDueAlerts: ReadDueAlerts;
  settleAlert: (key: AlertKey) => Promise<void>;
  releaseHeld: (server: string | undefined) => Promise<void>;
  findUndecided: (thorough: boolean) => Promise<void>;
  rules: AlertRules;
  now: () => number;
};

const width = 8;
const dueAtOnce = 500;

/** Whether there is anything to be seen to at a connection: something wrong, something over, something whose time has come. */
export const needsLook = (connection: Connection, rules: AlertRules, now: number): boolean => {
  const { connection: planned } = planSweeps(connection, rules, now);
  const bridge = Object.values(watchBridge(connection, rules, now));
  return (
    planned !== connection ||
    outagesOf([connection]).length > 0 ||
    bridge.some(({ condition }) => condition !== undefined) ||
    isComparisonDue(connection, rules, now)
  );
};

// One that fails must not keep the others waiting: all are tried, then it is told.
const tryAll = async (work: readonly (() => Promise<void>)[]): Promise<void> => {
  const failures: unknown[] = [];
  await inParallel(width, work, (one) =>
    one().catch((error: unknown) => {
      failures.push(error);
    }),
  );
  if (failures.length > 0) throw new AggregateError(failures, "a part of the minute's work failed");
};

/**
 * Builds the schedule's minute, which finds what no message brings: bridges that say nothing, what is due, and whatever a
 * lost message left open. `thorough`: losses of any age are looked for.
 */
export const createScheduledRun = (dependencies: ScheduledRunDependencies) => {
  const { rules, now } = dependencies;

  const lookAtConnections = async (): Promise<void> => {
    const connections = await dependencies.readAllConnections();
    const due = connections.filter((connection) => needsLook(connection, rules, now()));
    await tryAll(due.map((connection) => () => dependencies.evaluateConnection(connection)));
  };

  const settleDue = async (): Promise<void> => {
    const due = await dependencies.readDueAlerts(now(), dueAtOnce);
    await tryAll(due.map((key) => () => dependencies.settleAlert(key)));
  };

  return (thorough: boolean): Promise<void> =>
    tryAll([
      lookAtConnections,
      settleDue,
      () => dependencies.releaseHeld(undefined),
      () => dependencies.findUndecided(thorough),
    ]);
};

/** Does the minute's work (see `createTick`). Throws when a part of it failed. */
export type ScheduledRun = ReturnType<typeof createScheduledRun>;
