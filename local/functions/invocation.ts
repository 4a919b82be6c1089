/** How an invocation ended. Payloads are JSON text, as Lambda passes them. */
export type Invocation =
  | { readonly kind: "answered"; readonly payload: string }
  | {
      readonly kind: "failed";
      readonly reason: "error" | "timeout" | "exit";
      readonly payload: string;
    };
/** Runs a function once with a JSON payload; never rejects. */
export type Invoke = (payload: string) => Promise<Invocation>;

/** The invocation error that Lambda makes of a type and a message. */
export function failedInvocation(
  reason: "error" | "timeout" | "exit",
  errorType: string,
  errorMessage: string,
): Invocation {
  return { kind: "failed", reason, payload: JSON.stringify({ errorType, errorMessage }) };
}
