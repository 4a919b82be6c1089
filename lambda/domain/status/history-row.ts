import * as v from "valibot";
import type { RegistrationEvent } from "../event/registration-event.ts";
import { formatTime } from "../time.ts";
import { MarkSchema } from "./mark.ts";

/** What the history keeps of an accepted event, open maps aside. `time` by the T-Server, `receivedAt` by us, both in microseconds. */
export const HistoryRowSchema = v.object({
  ...MarkSchema.entries,
  event: v.picklist(["EventRegistered", "EventUnregistered", "Retired"]),
  server: v.string(),
  application: v.string(),
  thisDN: v.string(),
  receivedAt: v.number(),
  outcome: v.picklist(["applied", "outdated"]),
  keyId: v.string(),
});
/** One accepted event with the open maps that came with it. */
export type HistoryRow = v.InferOutput<typeof HistoryRowSchema> &
  Pick<RegistrationEvent, "extensions" | "other">;

/** Where a row stands in its DN's history: by T-Server time, then by id. */
export const historyKey = ({ time, id }: Pick<RegistrationEvent, "time" | "id">): string =>
  `${formatTime(time)}#${id}`;

/** Below and above every key of a history. */
export const firstKey = "0";
export const lastKey = "~";

/** The last key that an event of this T-Server time (microseconds) can have: ids are base64url. */
export const lastKeyAt = (time: number): string => `${formatTime(time)}#~`;

/** Shows a row as the contract's history entry, and what an event of ours was derived from; what it did not have is left out by JSON. */
export const toHistoryEntry = (row: HistoryRow): object => {
  const { thisDN: _, sequenceNumber: __, session: ___, time, receivedAt, ...rest } = row;
  return { ...rest, time: formatTime(time), receivedAt: formatTime(receivedAt) };
};
