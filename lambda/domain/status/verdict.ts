/** Whether the application asked for the end of its registration. */
export type Verdict = "expected" | "unexpected";

/** What an EventUnregistered says about its cause. Zero never stands for "absent" here: it was removed when the event was read. */
export type Cause = {
  referenceID?: number | undefined;
  errorCode?: number | undefined;
  errorMessage?: string | undefined;
  /** What the event was derived from where no T-Server sent it, and the time of that in microseconds. */
  derived?: { from: "reconnect" | "disconnect" | "refused"; at: number } | undefined;
  /** When an operator retired the registration, by our clock in microseconds. */
  retiredAt?: number | undefined;
};

/**
 * Judges an EventUnregistered. It is expected only if the application asked for it: a ReferenceID and no error.
 * Everything else is unexpected, including a derived event and the undocumented mix of ReferenceID and error: an
 * expected loss is never guessed.
 */
export const verdictOf = (cause: Omit<Cause, "derived"> & { derived?: unknown }): Verdict => {
  const { referenceID, errorCode, derived } = cause;
  const isAsked = referenceID !== undefined && errorCode === undefined && derived === undefined;
  return isAsked ? "expected" : "unexpected";
};
