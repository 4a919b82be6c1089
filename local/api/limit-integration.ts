import { payloadProblem } from "../functions/invocation-limits.ts";
import {
  failedInvocation,
  type InvocationOutcome,
  type Invoke,
} from "../functions/invocation-outcome.ts";

/** How long an HTTP API waits at most, in milliseconds: for an integration, and for a Lambda authorizer. */
export const maxIntegrationMilliseconds = 30_000;
export const maxAuthorizerMilliseconds = 10_000;

/**
 * Invokes a function as API Gateway does: not with an event that Lambda refuses, and without waiting longer than given.
 * The function itself runs on: Lambda stops it only at its own timeout.
 */
export const limitIntegration =
  (invoke: Invoke, milliseconds: number): Invoke =>
  async (payload, turnWithinMilliseconds) => {
    const problem = payloadProblem(Buffer.byteLength(payload), "RequestResponse");
    if (problem !== undefined) {
      return failedInvocation("too-large", "RequestTooLargeException", problem);
    }
    const { promise, resolve } = Promise.withResolvers<InvocationOutcome>();
    const giveUp = () =>
      resolve(failedInvocation("timeout", "Timeout", `no answer within ${milliseconds} ms`));
    const timer = setTimeout(giveUp, milliseconds);
    try {
      return await Promise.race([invoke(payload, turnWithinMilliseconds), promise]);
    } finally {
      clearTimeout(timer);
    }
  };
