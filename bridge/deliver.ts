import { type EventAnswer, type HttpAnswer, interpretAnswer } from "./answer.ts";
import { explainUnauthorized } from "./explain-unauthorized.ts";
import { explainNoAnswer, type Post } from "./post.ts";
import { retryDelay } from "./retry-delay.ts";
import { sign } from "./sign.ts";

/** How the delivery of a body ended. `stopped`: the person ended it before there was a final answer. */
export type Delivery =
  | { readonly kind: "results"; readonly results: readonly EventAnswer[] }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "stopped" };

/** What a delivery needs from the world. `sleep` ends early, without an error, when the signal is aborted. */
export type DeliverDependencies = {
  /** Asked at each attempt, so that a new key is used as soon as it is there. */
  readonly readKey: () => Promise<string>;
  readonly post: Post;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Cuts the attempts that are under way. */
  readonly requests?: AbortSignal;
  /** Called before each wait. */
  readonly onRetry: (why: string, delayMs: number) => void;
};

/** What is delivered: the message id is the same on every attempt. */
export type DeliveryRequest = {
  readonly id: string;
  readonly body: string;
  readonly mediaType: string;
  readonly eventCount: number;
};

/** Delivers one body and repeats until there is a final answer. */
export type Deliver = (message: DeliveryRequest, signal: AbortSignal) => Promise<Delivery>;

/** What one attempt came to: a final answer, or why there has to be another, and how soon. */
export type Attempt =
  | Exclude<Delivery, { kind: "stopped" }>
  | { readonly kind: "again"; readonly why: string; readonly delayMs: number };

// What a person has to correct takes longer than seconds: as slow as the slowest of the other attempts.
const attemptsOfUnauthorized = 7;

const clockSkewSeconds = (answer: HttpAnswer, nowMs: number): number => {
  const server = Date.parse(answer.headers.get("date") ?? "");
  return Number.isNaN(server) ? 0 : Math.round((nowMs - server) / 1000);
};

/**
 * Makes one attempt, as the contract's table of answers wants it: signed again, `Retry-After` honoured. The signal
 * cuts it.
 */
export const createAttempt = (deps: DeliverDependencies) => {
  const post = async (
    { id, body, mediaType }: DeliveryRequest,
    signal: AbortSignal | undefined,
  ): Promise<HttpAnswer | string> => {
    try {
      const timestamp = Math.floor(deps.nowMs() / 1000);
      const signature = sign(await deps.readKey(), { id, timestamp, body });
      return await deps.post(body, { "content-type": mediaType, ...signature }, signal);
    } catch (error) {
      return explainNoAnswer(error);
    }
  };

  return async (
    message: DeliveryRequest,
    attempts = 1,
    signal = deps.requests,
  ): Promise<Attempt> => {
    const answer = await post(message, signal);
    if (typeof answer === "string")
      return { kind: "again", why: answer, delayMs: retryDelay(attempts, deps.random()) };
    const verdict = interpretAnswer(answer, message.eventCount);
    if (verdict.kind === "results" || verdict.kind === "refused") return verdict;
    const isUnauthorized = verdict.kind === "unauthorized";
    const nowMs = deps.nowMs();
    const why = isUnauthorized
      ? explainUnauthorized({ ...verdict, clockSkewSeconds: clockSkewSeconds(answer, nowMs) })
      : verdict.why;
    const retryAfter = { header: answer.headers.get("retry-after"), nowMs };
    const delayMs = retryDelay(
      isUnauthorized ? attemptsOfUnauthorized : attempts,
      deps.random(),
      retryAfter,
    );
    return { kind: "again", why, delayMs };
  };
};

/** A `Deliver` that makes attempts until one has a final answer. */
export const createDeliver = (deps: DeliverDependencies): Deliver => {
  const attempt = createAttempt(deps);
  return async (message, signal) => {
    for (let attempts = 1; !signal.aborted; attempts += 1) {
      const made = await attempt(message, attempts);
      if (made.kind !== "again") return made;
      if (signal.aborted) break;
      deps.onRetry(made.why, made.delayMs);
      await deps.sleep(made.delayMs, signal);
    }
    return { kind: "stopped" };
  };
};
