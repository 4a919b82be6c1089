/** Whether the application wanted it. */
export type Verdict = "expected" | "unexpected";

/** What an EventUnregistered says about its cause. Zero never stands for "absent" here: the reader has removed it. */
export type Cause = {
  referenceID?: number | undefined;
  errorCode?: number | undefined;
  errorMessage?: string | undefined;
  /** No T-Server said so: what it was derived from, and the time of that in microseconds. */
  derived?: { from: "reconnect" | "disconnect" | "refused"; at: number } | undefined;
  /** Somebody retired the registration then, by our clock in microseconds. */
  retiredAt?: number | undefined;
};

/**
 * Judges an EventUnregistered. Expected is only what the application asked for: a ReferenceID and no error.
 * Everything else is unexpected, what we derived and the undocumented mix of both included: an expected loss is never guessed.
 */
export const judge = (cause: Omit<Cause, "derived"> & { derived?: unknown }): Verdict => {
  const { referenceID, errorCode, derived } = cause;
  const isAsked = referenceID !== undefined && errorCode === undefined && derived === undefined;
  return isAsked ? "expected" : "unexpected";
};
