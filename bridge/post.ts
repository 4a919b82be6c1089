import type { HttpAnswer } from "./answer.ts";

/** Sends one signed body; rejects when there is no answer, or the signal cuts it. */
export type Post = (
  body: string,
  headers: Readonly<Record<string, string>>,
  signal?: AbortSignal,
) => Promise<HttpAnswer>;

/** The address of the events resource, from the API's base address or from the resource's own. */
export const eventsAddress = (url: string): string => {
  const base = url.replace(/\/+$/, "");
  return base.endsWith("/v1/events") ? base : `${base}/v1/events`;
};

/** A `Post` over HTTP that gives up on an attempt after `timeoutMs`. */
export const createPost =
  (url: string, timeoutMs = 30_000): Post =>
  async (body, headers, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const response = await fetch(eventsAddress(url), {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
      // A signed body goes only where it was meant to go.
      redirect: "manual",
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

/** Why there was no answer, as text: fetch hides the reason in the cause. */
export const explainNoAnswer = (error: unknown): string => {
  if (!(error instanceof Error)) return "no answer";
  if (error.name === "TimeoutError" || error.name === "AbortError") return "no answer in time";
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  return `no answer (${cause.message || code || error.message})`;
};
