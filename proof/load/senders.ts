import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { EventAnswerSchema } from "../../bridge/answer.ts";
import { createPost, explainNoAnswer, type Post } from "../../bridge/post.ts";
import { sign } from "../../bridge/sign.ts";
import { sleep } from "../../bridge/terminal/sleep.ts";
import type { Ledger } from "./ledger.ts";
import type { Answer, AnswerTally } from "./tally.ts";
import type { Bridge, NextBatch, TrafficBatch } from "./traffic.ts";

/** Who sends what where, and where it is noted. */
export type Sending = {
  readonly url: string;
  readonly bridges: readonly Bridge[];
  readonly keys: ReadonlyMap<string, string>;
  /** Requests on their way at once, of all bridges together. */
  readonly atOnce: number;
  readonly nextBatch: NextBatch;
  readonly tally: AnswerTally;
  readonly ledger: Ledger;
};
/** When to stop, as milliseconds since 1970. */
export type SendingTimes = {
  /** No new batch from here on. */
  readonly until: number;
  /** What has no final answer by then stays in doubt. */
  readonly patientUntil: number;
  readonly signal: AbortSignal;
};

// Far less than any Retry-After asks for: the point is not to give way.
const pauseMilliseconds = 100;
const ResultsSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ results: v.array(EventAnswerSchema) }),
);

const attempt = async (post: Post, body: string, key: string): Promise<Answer> => {
  const message = { id: `msg_${randomUUID()}`, timestamp: Math.floor(Date.now() / 1000), body };
  try {
    const { status, headers, text } = await post(body, sign(key, message));
    return { kind: "answered", status, retryAfter: headers.get("retry-after"), text };
  } catch (error) {
    return { kind: "none", why: explainNoAnswer(error) };
  }
};

const idsOf = (answer: Answer): string[] =>
  answer.kind === "none"
    ? []
    : v.parse(ResultsSchema, answer.text).results.flatMap(({ id }) => id ?? []);

/** Sends one batch as often as it takes. */
const settle = async (
  { events, body }: TrafficBatch,
  { name }: Bridge,
  sending: Sending & { readonly post: Post },
  { patientUntil, signal }: SendingTimes,
): Promise<void> => {
  const { keys, tally, ledger, post } = sending;
  while (Date.now() < patientUntil && !signal.aborted) {
    const answer = await attempt(post, body, keys.get(name) ?? "");
    if (signal.aborted) return;
    if (tally.add(answer) === "stored") return ledger.note(events, idsOf(answer));
    await sleep(pauseMilliseconds, signal);
  }
  ledger.doubt(events);
};

/** Sends batch after batch, each bridge several at once, as fast as they are answered. */
export const sendAtLimit = async (sending: Sending, times: SendingTimes): Promise<void> => {
  const { url, bridges, atOnce, nextBatch } = sending;
  const withPost = { ...sending, post: createPost(url) };
  const sendOn = async (bridge: Bridge): Promise<void> => {
    while (Date.now() < times.until && !times.signal.aborted) {
      await settle(nextBatch(bridge), bridge, withPost, times);
    }
  };
  const senders = Array.from({ length: atOnce }, (_, index) => bridges[index % bridges.length]);
  await Promise.all(senders.flatMap((bridge) => (bridge === undefined ? [] : sendOn(bridge))));
};
