import { STATUS_CODES } from "node:http";
import type { AnswerOptions } from "../command/answer-options.ts";
import { type GatewayResponse, gatewayMessage } from "./gateway-response.ts";

/** The answers that are given instead of those of the function that takes events. */
export type InsteadAnswers = {
  /** Draws for a request of this route; undefined when its function is to answer it. */
  readonly draw: (routeKey: string) => GatewayResponse | undefined;
  /** What was drawn so far, in a sentence; undefined when no request came. */
  readonly summary: () => string | undefined;
};

const eventsRoute = "POST /v1/events";

/** Nothing is answered instead. */
export const noInsteadAnswers: InsteadAnswers = {
  draw: () => undefined,
  summary: () => undefined,
};

/** Draws the answers by their shares. `random` gives numbers from 0 up to, and without, 1. */
export const createInsteadAnswers = (
  { shares, retryAfter }: AnswerOptions,
  random: () => number,
): InsteadAnswers => {
  const counts = new Map(shares.map(({ status }) => [status, 0]));
  let requests = 0;
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  const drawStatus = (): number | undefined => {
    let left = random();
    for (const { status, share } of shares) {
      if (left < share) return status;
      left -= share;
    }
    return undefined;
  };
  return {
    draw: (routeKey) => {
      if (routeKey !== eventsRoute) return undefined;
      requests += 1;
      const status = drawStatus();
      if (status === undefined) return undefined;
      counts.set(status, (counts.get(status) ?? 0) + 1);
      return gatewayMessage(status, STATUS_CODES[status] ?? `Status ${status}`, headers);
    },
    summary: () => {
      if (requests === 0) return undefined;
      const parts = [...counts].map(([status, count]) => `${count} with ${status}`);
      return `--answer: of ${requests} requests with events, ${parts.join(" and ")} were answered here, and not stored.`;
    },
  };
};
