import type { EvaluationMessage } from "../../domain/alerting/evaluation-message.ts";
import type { Connection, Sweep } from "../../domain/connection/connection.ts";
import {
  formatPosition,
  readPosition,
  type SweepPosition,
} from "../../domain/connection/sweep-position.ts";
import { formatTime } from "../../domain/time.ts";
import { createChangeConnection } from "../change-connection.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { createReadSweepPage } from "./read-sweep-page.ts";
import { createSweepStatuses, statesOf } from "./sweep-statuses.ts";

/** What asks for a sweep to begin or to go on. */
export type SweepMessage = Extract<EvaluationMessage, { kind: "sweep" }>;

// Lists lag behind what they are made of, mostly by less than a second.
const lastLookSeconds = 15;
const lastLookBack = 60_000_000;
const noteEvery = 10_000_000;

// A later reconnect sees to everything that an earlier one would.
const isSuperseded = ({ purpose }: Sweep, { stale }: Connection): boolean =>
  purpose.kind === "lose" && stale?.since !== purpose.since;

const without = (connection: Connection, { id, purpose }: Sweep): Connection => {
  const { stale, sweeps } = connection;
  if (!sweeps.some((sweep) => sweep.id === id)) return connection;
  const isSeenTo = purpose.kind === "lose" && stale?.since === purpose.since;
  return {
    ...connection,
    ...(stale && isSeenTo ? { stale: { ...stale, done: true } } : {}),
    sweeps: sweeps.filter((sweep) => sweep.id !== id),
  };
};

/**
 * Builds the sweep: step by step through the lists of a server, each some hundred statuses, until the end or until time is
 * short; then a message goes on. Steps may be repeated, and several may run side by side: all leave the same.
 */
export const createSweep = (ports: EvaluatePorts) => {
  const { readConnection, requestEvaluation, now } = ports;
  const changeConnection = createChangeConnection(ports);
  const readPage = createReadSweepPage(ports.readList);
  const sweepStatuses = createSweepStatuses(ports);

  const goOn = (message: SweepMessage, position: SweepPosition, delaySeconds = 0) =>
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

  const end = async (message: SweepMessage, sweep: Sweep, isLastLook: boolean): Promise<void> => {
    if (isLastLook) {
      await changeConnection(message, (connection) => without(connection, sweep));
      // What waited for it, losses that are held for one, has its turn now.
      const { server, application } = message;
      const connection = { kind: "connection" as const, server, application };
      await requestEvaluation([{ message: connection, delaySeconds: 0 }]);
      return;
    }
    const beyond = formatTime(now() - lastLookBack);
    await goOn(message, { isLastLook: true, beyond }, lastLookSeconds);
  };

  const run = async (
    message: SweepMessage,
    { isLastLook, beyond }: SweepPosition,
    isTimeShort: () => boolean,
  ): Promise<void> => {
    const connection = await readConnection(message);
    const sweep = connection?.sweeps.find(({ id }) => id === message.sweepId);
    if (connection === undefined) return;
    if (sweep !== undefined && isSuperseded(sweep, connection)) return end(message, sweep, true);
    const { server } = message;
    const page = await readPage({ server, states: statesOf(sweep?.purpose), beyond });
    // A message of a sweep that is over is a repetition: it may have died between a write and the look after it.
    await sweepStatuses(sweep?.purpose, page.entries, message);
    if (sweep === undefined) return;
    await note(message, sweep.id);
    if (page.next === undefined) return end(message, sweep, isLastLook);
    const position = { isLastLook, beyond: page.next };
    return isTimeShort() ? goOn(message, position) : run(message, position, isTimeShort);
  };

  return (message: SweepMessage, isTimeShort: () => boolean): Promise<void> =>
    run(message, readPosition(message.from), isTimeShort);
};
