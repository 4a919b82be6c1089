/** Why an invocation failed; `throttled` and `too-large` (its payload) mean that it did not start. */
export type FailureReason = "error" | "timeout" | "exit" | "throttled" | "too-large";
/** How an invocation ended. Payloads are JSON text, as Lambda passes them. */
export type InvocationOutcome =
  | { readonly kind: "answered"; readonly payload: string }
  | { readonly kind: "failed"; readonly reason: FailureReason; readonly payload: string };
/**
 * Runs a function once with a JSON payload; never rejects. It waits for a free environment, at most as long as given, and is
 * throttled after that. The trace headers are those of the messages that it is invoked for.
 */
export type Invoke = (
  payload: string,
  turnWithinMilliseconds?: number,
  traceHeaders?: readonly string[],
) => Promise<InvocationOutcome>;

/** The invocation error that Lambda makes of a type and a message. */
export const failedInvocation = (
  reason: FailureReason,
  errorType: string,
  errorMessage: string,
): InvocationOutcome => ({
  kind: "failed",
  reason,
  payload: JSON.stringify({ errorType, errorMessage }),
});

/** The outcome, this very object, when Lambda does not invoke a function because a chain of messages has invoked it too often. */
export const stoppedLoop = failedInvocation(
  "throttled",
  "RecursiveInvocationException",
  "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation.",
);
