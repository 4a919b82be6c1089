import * as v from "valibot";
import { signatureToleranceSeconds } from "../access/signature.ts";
import type { Hash } from "../event/event-id.ts";
import type { Connection } from "./connection.ts";

/**
 * The newest requests that were verified, so that one that comes again later is recognized. `ids`: 32 short ids at most,
 * `older`: the 32 before them. Times are `webhook-timestamp`s in unix seconds.
 */
export const RequestMemorySchema = v.object({
  ids: v.string(),
  newestAt: v.number(),
  older: v.optional(v.string()),
  /** None of the older ones has a later time. */
  olderUntil: v.optional(v.number()),
  /** None of those that are forgotten has a later time. */
  forgottenUntil: v.optional(v.number()),
});
export type RequestMemory = v.InferOutput<typeof RequestMemorySchema>;

/** A signed request: the short form of its `webhook-id`, and its `webhook-timestamp` in unix seconds. */
export type RequestMark = { id: string; timestamp: number };

const idLength = 6; // 36 bits: hardly ever is a new request taken for one of 64.
const idsAtMost = 32;
const provingIds = 3;
// Execution environments write what they have taken every ten seconds or so; one may end before it does.
const unwrittenSeconds = 60;

/** The short form of a `webhook-id`, of one length. */
export const shortRequestId = (hash: Hash, id: string): string => hash(id).slice(0, idLength);

/** Joins what is remembered with the requests that were verified since. */
export const mergeRequests = (
  before: RequestMemory,
  since: RequestMemory | undefined,
): RequestMemory => {
  if (since === undefined) return before;
  const newestAt = Math.max(before.newestAt, since.newestAt);
  if (before.ids.includes(since.ids)) return { ...before, newestAt };
  if (since.older !== undefined)
    return {
      ...since,
      newestAt,
      forgottenUntil: Math.max(before.newestAt, since.forgottenUntil ?? 0),
    };
  if (before.ids.length + since.ids.length <= idsAtMost * idLength)
    return { ...before, ids: before.ids + since.ids, newestAt };
  return {
    ids: since.ids,
    newestAt,
    older: before.ids,
    olderUntil: before.newestAt,
    forgottenUntil: Math.max(before.olderUntil ?? 0, before.forgottenUntil ?? 0),
  };
};

/** What a memory begins with. */
export const noRequests: RequestMemory = { ids: "", newestAt: 0 };

/** What is remembered of a connection's requests. Of one that was kept before there was a memory, nothing is known. */
export const requestsOf = ({
  requests,
  seenAt,
}: Pick<Connection, "requests" | "seenAt">): RequestMemory => {
  if (requests !== undefined) return requests;
  const newestAt = Math.ceil(seenAt / 1_000_000) + signatureToleranceSeconds;
  return { ids: "", newestAt, forgottenUntil: newestAt };
};

/** After a time in which requests were refused: those may come again, and none so far proves anything any more. */
export const forgetRefused = (requests: RequestMemory): RequestMemory => ({
  ...requests,
  forgottenUntil: requests.newestAt,
});

/**
 * Whether a request with a right signature and a wrong time proves that its bridge's clock is off: it cannot be an old
 * one that was captured and is repeated. `memories`: all that is remembered of the bridge's requests.
 */
export const isWrongClockEvidence = (
  { id, timestamp }: RequestMark,
  memories: readonly RequestMemory[],
): boolean => {
  if (memories.some(({ ids, older = "" }) => ids.includes(id) || older.includes(id))) return false;
  const newestAt = Math.max(...memories.map((one) => one.newestAt));
  const forgottenUntil = Math.max(...memories.map((one) => one.forgottenUntil ?? 0));
  return timestamp > forgottenUntil && Math.abs(timestamp - newestAt) > unwrittenSeconds;
};

/** Adds the short id of a request that proves a wrong clock to those that did before, as long as more are needed. */
export const addEvidence = (ids: string, id: string): string =>
  ids.includes(id) || isEnoughEvidence(ids) ? ids : ids + id;

/** Whether so many different requests prove a wrong clock that it is one. */
export const isEnoughEvidence = (ids: string): boolean => ids.length >= provingIds * idLength;
