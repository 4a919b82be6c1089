import { type EventResult, type HttpAnswer, judge } from "./answer.ts";
import { explainNoAnswer, type Post } from "./post.ts";
import { retryDelay } from "./retry-delay.ts";
import { sign } from "./sign.ts";

/** How the delivery of a body ended. `stopped`: the person ended it before there was a final answer. */
export type Delivery =
  | { readonly kind: "results"; readonly results: readonly EventResult[] }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "unauthorized"; readonly why: string; readonly clockSkewSeconds: number }
  | { readonly kind: "stopped" };

/** What a delivery needs from the world. `sleep` ends early, without an error, when the signal is aborted. */
export interface DeliverDependencies {
  readonly key: string;
  readonly post: Post;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Told before each wait. */
  readonly onRetry: (why: string, delayMs: number) => void;
}

/** What is delivered: the message id is the same on every attempt. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly eventCount: number;
}

/** Delivers one body and repeats until there is a final answer. */
export type Deliver = (message: Message, signal: AbortSignal) => Promise<Delivery>;

interface Attempt {
  readonly answer?: HttpAnswer;
  readonly why: string;
}

const clockSkewSeconds = (answer: HttpAnswer | undefined, nowMs: number): number => {
  const server = Date.parse(answer?.headers.get("date") ?? "");
  return Number.isNaN(server) ? 0 : Math.round((nowMs - server) / 1000);
};

/** A `Deliver` as the contract's table of answers wants it: signed anew at each attempt, `Retry-After` honoured. */
export const createDeliver = (deps: DeliverDependencies): Deliver => {
  const attempt = async ({ id, body }: Message): Promise<Attempt> => {
    const timestamp = Math.floor(deps.nowMs() / 1000);
    try {
      return { answer: await deps.post(body, sign(deps.key, { id, timestamp, body })), why: "" };
    } catch (error) {
      return { why: explainNoAnswer(error) };
    }
  };

  return async (message, signal) => {
    for (let attempts = 1; !signal.aborted; attempts += 1) {
      const { answer, why } = await attempt(message);
      const verdict = answer ? judge(answer, message.eventCount) : { kind: "again" as const, why };
      if (verdict.kind === "unauthorized")
        return { ...verdict, clockSkewSeconds: clockSkewSeconds(answer, deps.nowMs()) };
      if (verdict.kind !== "again") return verdict;
      const header = answer?.headers.get("retry-after") ?? null;
      const delay = retryDelay(attempts, deps.random(), { header, nowMs: deps.nowMs() });
      deps.onRetry(verdict.why, delay);
      await deps.sleep(delay, signal);
    }
    return { kind: "stopped" };
  };
};
