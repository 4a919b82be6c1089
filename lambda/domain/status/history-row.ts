import * as v from "valibot";
import { RegistrationEventSchema } from "../event/registration-event.ts";
import { formatTime } from "../time.ts";

const { extensions, other, ...said } = RegistrationEventSchema.entries;

/** What the history keeps of an accepted event: all of it. `time` by the T-Server, `receivedAt` by us, both in microseconds. */
export const HistoryRowSchema = v.object({
  ...said,
  receivedAt: v.number(),
  outcome: v.picklist(["applied", "outdated"]),
  keyId: v.string(),
  // Last, as they stand in a history entry.
  extensions,
  other,
});
export type HistoryRow = v.InferOutput<typeof HistoryRowSchema>;

/** Where a row stands in its DN's history: by T-Server time, then by id. */
export const historyKey = ({ time, id }: Pick<HistoryRow, "time" | "id">): string =>
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
