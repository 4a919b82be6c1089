import * as v from "valibot";
import { cutText } from "../bounds.ts";
import { formatTime } from "../time.ts";
import { type Category, CategorySchema, findErrorCode } from "./error-codes.ts";
import { maxMessageLength } from "./mark.ts";
import type { Cause } from "./verdict.ts";

/** Why a registration ended, as readers of a status or an alert see it. `evidence` says what the verdict rests on. */
export const ReasonSchema = v.object({
  category: CategorySchema,
  evidence: v.string(),
  errorCode: v.optional(v.number()),
  errorSymbol: v.optional(v.string()),
  errorMessage: v.optional(v.string()),
});
export type Reason = v.InferOutput<typeof ReasonSchema>;

/** The longest cause in a few words, in code points. */
export const maxCauseLength = 300;

/** A reason with no text longer than it may be, however it was stored. */
export const boundReason = ({ errorSymbol, errorMessage, ...reason }: Reason): Reason => ({
  ...reason,
  evidence: cutText(reason.evidence, maxCauseLength),
  ...(errorSymbol === undefined ? {} : { errorSymbol: cutText(errorSymbol, maxMessageLength) }),
  ...(errorMessage === undefined ? {} : { errorMessage: cutText(errorMessage, maxMessageLength) }),
});

const describeCode = (code: number | undefined): string => {
  if (code === undefined) return "no ErrorCode";
  const text = findErrorCode(code)?.text;
  return text === undefined ? `ErrorCode ${code}` : `ErrorCode ${code}: ${text}`;
};

const describeReference = (referenceID: number | undefined): string =>
  referenceID === undefined ? "no ReferenceID" : `ReferenceID ${referenceID}`;

const describeDerivation = ({ from, at }: NonNullable<Cause["derived"]>, code: string): string =>
  from === "refused"
    ? `registration refused; ${code}`
    : `not registered again after the ${from} at ${formatTime(at)}`;

const describeEvidence = ({ referenceID, errorCode, derived, retiredAt }: Cause): string => {
  if (retiredAt !== undefined) return `retired at ${formatTime(retiredAt)}`;
  const code = describeCode(errorCode);
  return derived === undefined
    ? `${describeReference(referenceID)}; ${code}`
    : describeDerivation(derived, code);
};

const categorize = ({ referenceID, errorCode, derived, retiredAt }: Cause): Category => {
  if (retiredAt !== undefined) return "requested";
  if (errorCode !== undefined) return findErrorCode(errorCode)?.category ?? "other";
  return referenceID === undefined || derived !== undefined ? "none-given" : "requested";
};

/** Shows a cause as readers get it. */
export const reasonOf = (cause: Cause): Reason => {
  const { errorCode, errorMessage } = cause;
  const symbol = errorCode === undefined ? undefined : findErrorCode(errorCode)?.symbol;
  return boundReason({
    category: categorize(cause),
    evidence: describeEvidence(cause),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(symbol === undefined ? {} : { errorSymbol: symbol }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
  });
};

const errorInWords = ({ errorCode, errorMessage }: Cause): string | undefined => {
  if (errorCode === undefined) return errorMessage;
  const words = findErrorCode(errorCode)?.text ?? errorMessage ?? "unknown error code";
  return `${words} (${errorCode})`;
};

const describeCause = (cause: Cause): string => {
  const error = errorInWords(cause);
  switch (cause.derived?.from) {
    case "reconnect":
    case "disconnect":
      return `not registered again after the ${cause.derived.from}`;
    case "refused":
      return error === undefined ? "registration refused" : `registration refused: ${error}`;
    case undefined:
      return error ?? (cause.retiredAt === undefined ? "no cause given" : "retired");
  }
};

/**
 * The cause in a few words for a pager: the reference's text and the code, else what the T-Server wrote, else what we derived
 * it from. Without any time, so that equal causes can be counted.
 */
export const causeInWords = (cause: Cause): string => cutText(describeCause(cause), maxCauseLength);
