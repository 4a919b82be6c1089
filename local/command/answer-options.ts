import { StartFailure } from "./start-failure.ts";

/** What is answered instead of a share of the requests with events. */
export type AnswerShare = {
  readonly status: number;
  /** From 0 to 1; all shares together are at most 1. */
  readonly share: number;
};
/** The answers for those who test a bridge. */
export type AnswerOptions = {
  readonly shares: readonly AnswerShare[];
  /** The header Retry-After of these answers, in seconds. */
  readonly retryAfter: number | undefined;
};

// Decimal fractions do not add up exactly.
const tolerance = 1e-9;

const readShare = (text: string): AnswerShare => {
  const [, status, share] = /^([45]\d\d):(\d*\.?\d+)$/.exec(text.trim()) ?? [];
  const read = { status: Number(status), share: Number(share) };
  if (status !== undefined && read.share <= 1) return read;
  throw new StartFailure(
    `--answer ${text}: give a status from 400 to 599 and a share from 0 to 1, as in 503:0.1,429:0.05.`,
  );
};

const readShares = (text: string): readonly AnswerShare[] => {
  const shares = text.split(",").map(readShare);
  if (new Set(shares.map(({ status }) => status)).size < shares.length) {
    throw new StartFailure(`--answer ${text}: a status is there twice.`);
  }
  const sum = shares.reduce((total, { share }) => total + share, 0);
  if (sum <= 1 + tolerance) return shares;
  throw new StartFailure(`--answer ${text}: the shares are more than 1 together.`);
};

const readRetryAfter = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new StartFailure(`--retry-after ${text}: give whole seconds, 0 or more.`);
};

/** Reads `--answer` and `--retry-after`. Throws StartFailure where they are invalid, or the second is there alone. */
export const readAnswerOptions = (
  answer: string | undefined,
  retryAfter: string | undefined,
): AnswerOptions | undefined => {
  if (answer !== undefined) {
    return { shares: readShares(answer), retryAfter: readRetryAfter(retryAfter) };
  }
  if (retryAfter === undefined) return undefined;
  throw new StartFailure("--retry-after needs --answer, whose answers it belongs to.");
};
