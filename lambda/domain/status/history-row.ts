import * as v from "valibot";
import { RegistrationEventSchema } from "../event/registration-event.ts";
import { formatTime } from "../time.ts";

const { extensions, other, ...said } = RegistrationEventSchema.entries;

/** An accepted event as the history keeps it. `time` by the T-Server's clock, `receivedAt` by ours, both in microseconds. */
export const HistoryRowSchema = v.object({
  ...said,
  receivedAt: v.number(),
  outcome: v.picklist(["applied", "outdated"]),
  keyId: v.string(),
  // Last, as in a history entry.
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

/** Shows a row as the contract's history entry. JSON leaves out what the event did not have. */
export const toHistoryEntry = (row: HistoryRow): object => {
  const { thisDN: _, sequenceNumber: __, session: ___, time, receivedAt, ...rest } = row;
  return { ...rest, time: formatTime(time), receivedAt: formatTime(receivedAt) };
};
