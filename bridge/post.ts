import type { HttpAnswer } from "./answer.ts";
import { agentFor } from "./http/agents.ts";
import { eventsAddress } from "./http/api-address.ts";
import { connectionProblem } from "./http/connection-problem.ts";
import { exchange } from "./http/exchange.ts";
import type { HttpProxy } from "./http/http-proxy.ts";
import { ProxyError } from "./http/tunnel.ts";

/** Sends one signed body; rejects when there is no answer, or the signal cuts it. */
export type Post = (
  body: string,
  headers: Readonly<Record<string, string>>,
  signal?: AbortSignal,
) => Promise<HttpAnswer>;

/** How to post: when to give up on an answer, its end included, and through which proxy. */
export type PostSettings = {
  readonly timeoutMs?: number;
  readonly proxy?: HttpProxy | undefined;
};

/** A `Post` over HTTP. A signed body goes only where it was meant to go: redirects are not followed. */
export const createPost = (url: string, settings: PostSettings = {}): Post => {
  const { timeoutMs = 30_000, proxy } = settings;
  const address = new URL(eventsAddress(url));
  const agent = agentFor(address, proxy);
  return (body, headers, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    return exchange({
      address,
      agent,
      headers: { "content-type": "application/json", ...headers },
      body,
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
  };
};

/** Why there was no answer, as text. */
export const explainNoAnswer = (error: unknown): string => {
  if (!(error instanceof Error)) return "no answer";
  if (error.name === "TimeoutError" || error.name === "AbortError") return "no answer in time";
  if (error instanceof ProxyError) return error.message;
  // fetch hides the reason in the cause.
  return `no answer (${connectionProblem(error.cause instanceof Error ? error.cause : error)})`;
};
