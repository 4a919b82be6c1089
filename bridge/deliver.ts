import { type EventAnswer, type HttpAnswer, interpretAnswer } from "./answer.ts";
import type { Continuation, Destinations, Use } from "./destinations.ts";
import { explainUnauthorized } from "./explain-unauthorized.ts";
import { readHttpDate } from "./http/http-date.ts";
import { readRetryAfter } from "./http/retry-after.ts";
import { explainNoAnswer } from "./post.ts";
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
  readonly destinations: Destinations;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Cuts the attempts that are under way. */
  readonly requests?: AbortSignal;
  /** Called before each wait. */
  readonly onRetry: (retry: Retry) => void;
};

/** Why there has to be another attempt, at which address, and how soon. `url` is where the last one failed. */
export type Retry = Continuation & { readonly url: string; readonly why: string };

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
export type Attempt = Exclude<Delivery, { kind: "stopped" }> | ({ readonly kind: "again" } & Retry);

// What a person has to correct takes longer than seconds: as slow as the slowest of the other attempts.
const failuresOfUnauthorized = 7;

const clockSkewSeconds = (answer: HttpAnswer, nowMs: number): number => {
  const server = readHttpDate(answer.headers.get("date") ?? "", nowMs);
  return server === undefined ? 0 : Math.round((nowMs - server) / 1000);
};

type NoAnswer = { readonly why: string; readonly elsewhere: boolean };

const toError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));

/**
 * Makes one attempt at the address in use, as the contract's table of answers wants it: signed again, and followed by a wait
 * that is at least the backoff, and as long as `Retry-After` says. The signal cuts it.
 */
export const createAttempt = (deps: DeliverDependencies) => {
  const { destinations } = deps;
  const post = async (
    { destination }: Use,
    { id, body, mediaType }: DeliveryRequest,
    signal: AbortSignal | undefined,
  ): Promise<HttpAnswer | NoAnswer> => {
    const timestamp = Math.floor(deps.nowMs() / 1000);
    const key = await deps.readKey().catch(toError);
    if (key instanceof Error) return { why: `no key: ${key.message}`, elsewhere: false };
    const headers = { "content-type": mediaType, ...sign(key, { id, timestamp, body }) };
    try {
      return await destination.post(body, headers, signal);
    } catch (error) {
      // What was cut here says nothing about the address.
      return { why: explainNoAnswer(error), elsewhere: signal?.aborted !== true };
    }
  };

  return async (
    message: DeliveryRequest,
    attempts = 1,
    signal = deps.requests,
  ): Promise<Attempt> => {
    const use = destinations.inUse();
    const again = (
      why: string,
      { elsewhere, askedMs = 0 }: { elsewhere: boolean; askedMs?: number | undefined },
      failures = attempts,
    ): Attempt => ({
      kind: "again",
      url: use.destination.url,
      why,
      ...destinations.failed(use, {
        elsewhere,
        backoffMs: retryDelay(failures, deps.random()),
        askedMs,
      }),
    });
    const answer = await post(use, message, signal);
    if ("why" in answer) return again(answer.why, answer);
    const verdict = interpretAnswer(answer, message.eventCount);
    if (verdict.kind === "results" || verdict.kind === "refused") return verdict;
    const nowMs = deps.nowMs();
    const askedMs = readRetryAfter(answer.headers, nowMs);
    if (verdict.kind === "again")
      return again(verdict.why, { elsewhere: verdict.elsewhere, askedMs });
    const skew = { why: verdict.why, clockSkewSeconds: clockSkewSeconds(answer, nowMs) };
    return again(explainUnauthorized(skew), { elsewhere: false, askedMs }, failuresOfUnauthorized);
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
      deps.onRetry(made);
      await deps.sleep(made.delayMs, signal);
    }
    return { kind: "stopped" };
  };
};
