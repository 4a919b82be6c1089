import { failedInvocation, type InvocationOutcome } from "./invocation-outcome.ts";

/** How many bytes of JSON Lambda takes for an invocation whose result is awaited, and for one that is queued. */
export const maxPayloadBytes = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const;

/** The two ways to invoke a function, in the words of Lambda's API. */
export type InvocationType = keyof typeof maxPayloadBytes;

// For answers, Lambda's 6 MB have 100 bytes more, as its message says.
const maxResponseBytes = 6_291_556;

const tooLarge = failedInvocation(
  "error",
  "Function.ResponseSizeTooLarge",
  `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
);

/** What Lambda says of a payload of so many bytes that is too large; undefined where it takes it. */
export const payloadProblem = (bytes: number, type: InvocationType): string | undefined => {
  const limit = maxPayloadBytes[type];
  return bytes > limit
    ? `${bytes} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`
    : undefined;
};

/** What becomes of an outcome whose payload Lambda does not pass on: the invocation has failed, though the function ran. */
export const limitResponse = (outcome: InvocationOutcome): InvocationOutcome =>
  outcome.kind === "answered" && Buffer.byteLength(outcome.payload) > maxResponseBytes
    ? tooLarge
    : outcome;
