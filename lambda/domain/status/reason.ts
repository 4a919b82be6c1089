import { type Category, findErrorCode } from "./error-codes.ts";
import type { Cause } from "./verdict.ts";

/** Why a registration ended, as the reader of a status or an alert gets it. `evidence` says what the verdict rests on. */
export type Reason = {
  category: Category;
  evidence: string;
  errorCode?: number;
  errorSymbol?: string;
  errorMessage?: string;
};

const describeCode = (code: number | undefined): string => {
  if (code === undefined) return "no ErrorCode";
  const text = findErrorCode(code)?.text;
  return text === undefined ? `ErrorCode ${code}` : `ErrorCode ${code}: ${text}`;
};

const describeReference = (referenceID: number | undefined): string =>
  referenceID === undefined ? "no ReferenceID" : `ReferenceID ${referenceID}`;

const categorize = ({ referenceID, errorCode }: Cause): Category => {
  if (errorCode !== undefined) return findErrorCode(errorCode)?.category ?? "other";
  return referenceID === undefined ? "none-given" : "requested";
};

/** Puts a cause as readers get it. */
export const reasonOf = (cause: Cause): Reason => {
  const { referenceID, errorCode, errorMessage } = cause;
  const symbol = errorCode === undefined ? undefined : findErrorCode(errorCode)?.symbol;
  return {
    category: categorize(cause),
    evidence: `${describeReference(referenceID)}; ${describeCode(errorCode)}`,
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(symbol === undefined ? {} : { errorSymbol: symbol }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
  };
};

/** The cause in a few words for a pager: the reference's text and the code, else what the T-Server wrote. */
export const causeInWords = ({ errorCode, errorMessage }: Cause): string => {
  if (errorCode === undefined) return errorMessage ?? "no cause given";
  const words = findErrorCode(errorCode)?.text ?? errorMessage ?? "unknown error code";
  return `${words} (${errorCode})`;
};
