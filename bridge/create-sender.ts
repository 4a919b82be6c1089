import type { BridgeContext } from "./bridge-context.ts";
import { createAttempt, createDeliver } from "./deliver.ts";
import { createHeartbeat, heartbeatMs } from "./heartbeat.ts";
import type { Learn } from "./learn.ts";
import { createSendSpool } from "./send-spool.ts";

const idleMs = 50;

/** Where the reading of a run stands. */
export interface ReadingState {
  /** Whether more may still come. */
  isReading: boolean;
  /** Whether events come as they happen, so that silence has to be told from death. */
  readonly isLive: boolean;
  /** Whether a log has been read. */
  hasLog: boolean;
}

/** Empties the spool of a run, and sends heartbeats where events come live and nothing was sent for long. */
export const createSender = (context: BridgeContext, state: ReadingState, learn: Learn) => {
  const { spool, report, tally, connection, options, sleep, url } = context;
  const deliver = createDeliver(connection);
  const beat = createHeartbeat({
    attempt: createAttempt(connection),
    held: spool.held,
    serverName: options.serverName,
    nowMs: Date.now,
    onFailure: (why) => report.note(`${url}: no heartbeat: ${why}`),
  });
  let spokeAt = Date.now();
  const idle = async (signal: AbortSignal): Promise<void> => {
    await sleep(idleMs, signal);
    if (!state.isLive || spool.size() > 0 || Date.now() - spokeAt < heartbeatMs) return;
    await beat();
    spokeAt = Date.now();
  };
  return createSendSpool({
    ...context,
    idle,
    count: tally.count,
    learn: learn.see,
    isReading: () => state.isReading,
    deliver: async (message, signal) => {
      const delivery = await deliver(message, signal);
      spokeAt = Date.now();
      context.showProgress();
      return delivery;
    },
  });
};
