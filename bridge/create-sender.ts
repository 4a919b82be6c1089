import type { BridgeContext } from "./bridge-context.ts";
import { createDeliver } from "./deliver.ts";
import type { Liveness } from "./liveness.ts";
import { createSendSpool } from "./send-spool.ts";
import type { SourceEvent } from "./source-event.ts";

const idleMs = 50;
const importedAtOnce = 2;

/** What a run does beside sending what it reads. */
export type SendingWishes = {
  /** Whether more may still come. */
  readonly isReading: () => boolean;
  /** Shown each event with its outcome, in order. */
  readonly learn: (event: SourceEvent, outcome: string) => void;
  /** Where events come as they happen, so that silence must be distinguishable from death. */
  readonly liveness: Liveness | undefined;
};

/** Empties the spool of a run, and where events come live sends the heartbeats that are due. */
export const createSender = (context: BridgeContext, wishes: SendingWishes) => {
  const { tally, connection, sleep } = context;
  const { isReading, learn, liveness } = wishes;
  const deliver = createDeliver(connection);
  return createSendSpool({
    ...context,
    // Events that come live are few, and each says something about the bridge too.
    requestsAtOnce: liveness === undefined ? importedAtOnce : 1,
    isReading,
    learn,
    hear: (events) => liveness?.hear(events),
    count: tally.count,
    idle: async (signal) => {
      await sleep(idleMs, signal);
      await liveness?.beat(signal);
    },
    deliver: async (message, signal) => {
      const delivery = await deliver(message, signal);
      context.showProgress();
      // There may be a lot to send of one T-Server, and nothing of another.
      if (isReading()) await liveness?.beat(signal);
      return delivery;
    },
  });
};
