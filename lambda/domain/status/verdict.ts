/** Whether the application wanted it. */
export type Verdict = "expected" | "unexpected";

/** What an EventUnregistered says about its cause. Zero never stands for "absent" here: the reader has removed it. */
export type Cause = {
  referenceID?: number | undefined;
  errorCode?: number | undefined;
  errorMessage?: string | undefined;
};

/**
 * Judges an EventUnregistered. Expected is only what the application asked for: a ReferenceID and no error.
 * Everything else is unexpected, the undocumented mix of both included: an expected loss is never guessed.
 */
export const judge = ({ referenceID, errorCode }: Cause): Verdict =>
  referenceID !== undefined && errorCode === undefined ? "expected" : "unexpected";
