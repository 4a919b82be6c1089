import * as v from "valibot";
import { vi } from "vitest";
import type { AlertCondition } from "../../lambda/domain/alerting/apply-condition.ts";
import type { EvaluationMessage } from "../../lambda/domain/alerting/evaluation-message.ts";
import type { Connection } from "../../lambda/domain/connection/connection.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { type AlertRules, AlertRulesSchema } from "../../lambda/domain/rules.ts";
import { toRegistration } from "../../lambda/domain/status/registration.ts";
import type { Metric } from "../../lambda/ports/telemetry.ts";
import { createEvaluateConnection } from "../../lambda/use-cases/evaluate/evaluate-connection.ts";
import type { SweepMessage } from "../../lambda/use-cases/evaluate/sweep.ts";
import { createSweep } from "../../lambda/use-cases/evaluate/sweep.ts";
import { createRecordEvents } from "../../lambda/use-cases/record-events.ts";
import { baseTime } from "./build-event.ts";
import { connectionMapKey, createInMemoryAlerting } from "./in-memory-alerting.ts";
import { createInMemoryStore } from "./in-memory-store.ts";

/** A time so many seconds after `baseTime`, in microseconds. */
export const at = (seconds: number): number => baseTime + seconds * 1_000_000;

/** The rules as they are by default, with what the test changes. */
export const rulesWith = (changes: Partial<AlertRules> = {}): AlertRules =>
  v.parse(AlertRulesSchema, changes);

/** bridge-a's connection to SIPTS750, which sends heartbeats and was heard at `baseTime`, with what the test changes. */
export const connectionOf = (changes: Partial<Connection> = {}): Connection => ({
  server: "SIPTS750",
  application: "bridge-a",
  revision: 1,
  seenAt: baseTime,
  watched: true,
  sweeps: [],
  ...changes,
});

/** Something around each call to a port: a pause, or a failure. */
export type Around = <Args extends unknown[], Result>(
  port: (...args: Args) => Promise<Result>,
) => (...args: Args) => Promise<Result>;

/**
 * The evaluator's work on connections over in-memory stores, with a clock that the test sets. Alerts are recorded, not
 * made.
 */
export const createWatchingHarness = (
  rules: AlertRules = rulesWith(),
  around: Around = (port) => port,
) => {
  const store = createInMemoryStore();
  const alerting = createInMemoryAlerting();
  const clock = { now: baseTime };
  const reconciled: { condition: AlertCondition; isOngoing: boolean; mayOpen: boolean }[] = [];
  const released: string[] = [];
  const metrics: Metric[] = [];
  // Through the objects, so that a test may make a port fail.
  const readConnection = vi.fn(around(alerting.readConnection));
  const ports = {
    ...store,
    ...alerting,
    readConnection,
    writeConnection: around(alerting.writeConnection),
    requestEvaluation: around(alerting.requestEvaluation),
    readList: (range: Parameters<typeof store.readList>[0]) => store.readList(range),
    readStatuses: around((keys: Parameters<typeof store.readStatuses>[0]) =>
      store.readStatuses(keys),
    ),
    writeStatus: around((status: Parameters<typeof store.writeStatus>[0]) =>
      store.writeStatus(status),
    ),
    now: () => clock.now,
    hash: (text: string) => text,
    emitMetrics: (some: readonly Metric[]) => {
      metrics.push(...some);
    },
    rules,
  };
  const alertingParts = {
    reconcileCondition: async (condition: AlertCondition, isOngoing: boolean, mayOpen = true) => {
      reconciled.push({ condition, isOngoing, mayOpen });
    },
    releaseHeld: async (server: string | undefined) => {
      if (server !== undefined) released.push(server);
    },
  };
  const evaluateConnection = createEvaluateConnection(ports, alertingParts);
  const sweep = createSweep(ports);
  const recordEvents = createRecordEvents(ports);

  const run = async (message: EvaluationMessage): Promise<void> => {
    if (message.kind === "sweep") await sweep(message, () => true);
    if (message.kind === "connection") await evaluateConnection(message);
  };

  return {
    store,
    alerting,
    clock,
    reconciled,
    released,
    metrics,
    evaluateConnection,
    readConnection,
    sweep: (message: Omit<SweepMessage, "kind" | "server" | "application">, isTimeShort = true) =>
      sweep(
        { kind: "sweep", server: "SIPTS750", application: "bridge-a", ...message },
        () => isTimeShort,
      ),
    record: (events: readonly RegistrationEvent[]) => recordEvents(events, "key_00000001"),
    put: (connection: Connection) => {
      alerting.connections.set(connectionMapKey(connection), structuredClone(connection));
    },
    connection: (application = "bridge-a") =>
      alerting.connections.get(connectionMapKey({ server: "SIPTS750", application })),
    /** What readers see of each DN, in the DNs' order. */
    registrations: () =>
      [...store.statuses.values()]
        .map((status) => toRegistration(status))
        .sort((a, b) => a.thisDN.localeCompare(b.thisDN)),
    /** Handles what is requested, in order, until nothing is left; requests with a delay are left out. */
    drain: async () => {
      for (let next = alerting.requests.shift(); next; next = alerting.requests.shift())
        if (next.message.kind === "sweep" || next.delaySeconds === 0) await run(next.message);
    },
    run,
  };
};

/** The harness under test (see `createWatchingHarness`). */
export type WatchingHarness = ReturnType<typeof createWatchingHarness>;
