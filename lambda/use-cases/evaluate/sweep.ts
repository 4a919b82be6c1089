import type { EvaluationMessage } from "../../domain/alerting/evaluation-message.ts";
import type { Connection, Sweep } from "../../domain/connection/connection.ts";
import {
  formatPosition,
  type LaterSweepPosition,
  readPosition,
  type SweepPosition,
} from "../../domain/connection/sweep-position.ts";
import { formatTime } from "../../domain/time.ts";
import { createChangeConnection } from "../change-connection.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { createReadSweepPage } from "./read-sweep-page.ts";
import { withStandingConnections } from "./standing-connections.ts";
import { createSweepStatuses, statesOf } from "./sweep-statuses.ts";

/** The message that starts or continues a sweep. */
export type SweepMessage = Extract<EvaluationMessage, { kind: "sweep" }>;

// Lists lag behind their statuses, mostly by less than a second.
const lastPassDelaySeconds = 15;
const lastPassMicros = 60_000_000;
const noteEvery = 10_000_000;

// A later reconnect covers everything that an earlier one would; and what a revoked key said makes nothing lost.
const isSuperseded = ({ purpose }: Sweep, { stale }: Connection): boolean =>
  purpose.kind === "lose" && stale?.since !== purpose.since;

const without = (connection: Connection, { id }: Sweep): Connection => {
  const { sweeps } = connection;
  return sweeps.some((sweep) => sweep.id === id)
    ? { ...connection, sweeps: sweeps.filter((sweep) => sweep.id !== id) }
    : connection;
};

const withDone = (before: Connection, sweep: Sweep): Connection => {
  const { purpose } = sweep;
  const after = without(before, sweep);
  const { stale } = after;
  const isHandled = purpose.kind === "lose" && stale?.since === purpose.since;
  return after !== before && stale && isHandled
    ? { ...after, stale: { ...stale, done: true } }
    : after;
};

/**
 * Builds the sweep: step by step through the lists of a server, each step some hundred statuses, until the end or until
 * time is short; then a message continues it. Steps may be repeated, and several may run side by side: the result is
 * the same.
 */
export const createSweep = (ports: EvaluatePorts) => {
  const { requestEvaluation, now } = ports;
  const standing = withStandingConnections(ports);
  const changeConnection = createChangeConnection(ports);
  const readPage = createReadSweepPage(ports.readList);
  const sweepStatuses = createSweepStatuses(standing);

  const continueAt = (message: SweepMessage, position: LaterSweepPosition, delaySeconds = 0) =>
    requestEvaluation([{ message: { ...message, from: formatPosition(position) }, delaySeconds }]);

  const note = async (message: SweepMessage, id: string): Promise<void> => {
    await changeConnection(message, (connection) => {
      const isDue = (sweep: Sweep) => sweep.id === id && sweep.progressAt + noteEvery <= now();
      if (!connection.sweeps.some(isDue)) return connection;
      const sweeps = connection.sweeps.map((sweep) =>
        isDue(sweep) ? { ...sweep, progressAt: now() } : sweep,
      );
      return { ...connection, sweeps };
    });
  };

  const finish = async (message: SweepMessage, change: (before: Connection) => Connection) => {
    await changeConnection(message, change);
    // Losses that were held for the sweep are evaluated now.
    const { server, application } = message;
    const connection = { kind: "connection" as const, server, application };
    await requestEvaluation([{ message: connection, delaySeconds: 0 }]);
  };

  const end = async (message: SweepMessage, sweep: Sweep, isLastPass: boolean): Promise<void> => {
    if (isLastPass) return finish(message, (connection) => withDone(connection, sweep));
    const beyond = formatTime(now() - lastPassMicros);
    await continueAt(message, { isLastPass: true, beyond }, lastPassDelaySeconds);
  };

  const run = async (
    message: SweepMessage,
    { isLastPass, beyond }: SweepPosition,
    isTimeShort: () => boolean,
  ): Promise<void> => {
    const connection = await standing.readConnection(message);
    const sweep = connection?.sweeps.find(({ id }) => id === message.sweepId);
    if (connection === undefined) return;
    if (sweep !== undefined && isSuperseded(sweep, connection)) {
      return finish(message, (before) => without(before, sweep));
    }
    const { server } = message;
    const page = await readPage({ server, states: statesOf(sweep?.purpose), beyond });
    // A message of a sweep that is over is a repetition: the sweep may have died between a write and the check after
    // it.
    await sweepStatuses(sweep?.purpose, page.entries, message);
    if (sweep === undefined) return;
    await note(message, sweep.id);
    if (page.next === undefined) return end(message, sweep, isLastPass);
    const position = { isLastPass, beyond: page.next };
    return isTimeShort() ? continueAt(message, position) : run(message, position, isTimeShort);
  };

  return (message: SweepMessage, isTimeShort: () => boolean): Promise<void> =>
    run(message, readPosition(message.from), isTimeShort);
};
