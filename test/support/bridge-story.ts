import { judgeConnection } from "../../lambda/domain/connection/judge-connection.ts";
import { testNow } from "./api-event.ts";
import { createIngestHarness, defaultRules } from "./ingest-harness.ts";

/** A request as it went over the network: an attacker who captured it can send it again. */
export type Captured = { id: string; timestamp: number; body: unknown };

const micros = 1_000_000;

/**
 * A bridge with a clock of its own, and an attacker who repeats its requests, against ingest's handler. Times in seconds
 * after `testNow`; `offset` is how far the bridge's clock is ahead.
 */
export const createBridgeStory = () => {
  const clock = { seconds: 0, offset: 0 };
  const now = () => testNow + clock.seconds * micros;
  const { post, ...harness } = createIngestHarness({ now });
  let sent = 0;

  const replay = async ({ body, ...signed }: Captured) => (await post(body, signed)).status;

  const capture = (body: unknown = { serverName: "SIPTS750", events: [] }): Captured => {
    sent += 1;
    const timestamp = Math.floor(now() / micros) + clock.offset;
    return { id: `msg_${sent}`, timestamp, body };
  };

  const send = async (body?: unknown): Promise<Captured> => {
    const request = capture(body);
    await replay(request);
    return request;
  };

  return {
    ...harness,
    clock,
    capture,
    send,
    replay,
    /** The bridge sends a heartbeat every half minute for so many seconds; gives what went over the network. */
    beat: async (seconds: number): Promise<Captured[]> => {
      const all: Captured[] = [];
      for (const end = clock.seconds + seconds; clock.seconds < end; clock.seconds += 30)
        all.push(await send());
      return all;
    },
    /** What is wrong now with each connection of the bridge. */
    wrong: (): string[][] =>
      [...harness.store.connections.values()].map((connection) =>
        Object.entries(judgeConnection(connection, defaultRules, now()))
          .filter(([, condition]) => condition !== undefined)
          .map(([name]) => name),
      ),
    counted: (name: string): number =>
      harness.metrics.filter((metric) => metric.name === name).length,
  };
};
