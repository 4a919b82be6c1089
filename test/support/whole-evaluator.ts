import type { Connection } from "../../lambda/domain/connection/connection.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { createEvaluation } from "../../lambda/use-cases/evaluate/evaluation.ts";
import { createRecordEvents } from "../../lambda/use-cases/record-events.ts";
import { registered, unregistered } from "./build-event.ts";
import { connectionMapKey, createInMemoryAlerting } from "./in-memory-alerting.ts";
import { createInMemoryStore } from "./in-memory-store.ts";
import { at, connectionOf, rulesWith } from "./watching-harness.ts";

/** Forty DNs. */
export const thisDNs = Array.from({ length: 40 }, (_, index) => String(7000 + index));

/**
 * The whole evaluator over in-memory stores. `runUntil` moves the clock on by 30 s at a time; each time, a scheduled run
 * happens, and then the sweeps that were asked for.
 */
export const createWholeEvaluator = () => {
  const clock = { now: at(0) };
  const alerting = createInMemoryAlerting();
  const rules = rulesWith();
  const ports = {
    ...createInMemoryStore(),
    ...alerting,
    emitMetrics: () => {},
    hash: (text: string) => text,
    rules,
    now: () => clock.now,
  };
  const { runSchedule, sweep, evaluateConnection } = createEvaluation(ports);
  const recordEvents = createRecordEvents(ports);
  const runSweeps = async (): Promise<void> => {
    for (const { message } of alerting.requests.splice(0))
      if (message.kind === "sweep") await sweep(message, () => true);
    if (alerting.requests.some(({ message }) => message.kind === "sweep")) await runSweeps();
  };
  const runUntil = async (seconds: number) => {
    for (let next = clock.now; next <= at(seconds); next += 30_000_000) {
      clock.now = next;
      await runSchedule(false);
      await runSweeps();
    }
    clock.now = at(seconds);
  };
  const put = (changes: Partial<Connection>) => {
    const connection = connectionOf(changes);
    const { revision } = alerting.connections.get(connectionMapKey(connection)) ?? { revision: 0 };
    alerting.connections.set(connectionMapKey(connection), {
      ...connection,
      revision: revision + 1,
    });
  };
  const registerAll = (changes: Partial<RegistrationEvent>, some = thisDNs) =>
    recordEvents(
      some.map((thisDN) => registered({ thisDN, ...changes })),
      "key",
    );
  const loseAll = (changes: Partial<RegistrationEvent>, some = thisDNs) =>
    recordEvents(
      some.map((thisDN) => unregistered({ thisDN, ...changes })),
      "key",
    );
  const published = () =>
    alerting.alertWrites.flatMap(({ notice, kind, count }) =>
      notice ? [`${notice} ${kind} ${count}`] : [],
    );
  /** Stores a connection and evaluates it, as ingest asks for where something has changed. */
  const hear = async (changes: Partial<Connection>) => {
    put(changes);
    await evaluateConnection(connectionOf(changes));
  };
  return { ...alerting, clock, runUntil, put, hear, registerAll, loseAll, published };
};
