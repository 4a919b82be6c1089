import { inParallel, storeWidth } from "../async/in-parallel.ts";
import type { HistoryRow } from "../domain/status/history-row.ts";
import type { AddToHistory, WriteHistory } from "../ports/history.ts";
import type { Recorded } from "./record-statuses.ts";

/** What recording the history needs of the outside; `now` in microseconds. */
export type RecordHistoryPorts = {
  writeHistory: WriteHistory;
  addToHistory: AddToHistory;
  now: () => number;
};

/** The outcome of a valid event; `refused`: the store will never take it. */
export type Outcome = "applied" | "duplicate" | "outdated" | "refused";

/**
 * Builds the recorder of the history. An event that has just become part of the status is written in batches; any other
 * is added unless it is there, which distinguishes a late event from a repeated one, and adds a row that an earlier try
 * did not reach.
 */
export const createRecordHistory = (ports: RecordHistoryPorts) => {
  const { writeHistory, addToHistory, now } = ports;

  const toRow = ({ event, isCurrent }: Recorded, keyId: string): HistoryRow => ({
    ...event,
    receivedAt: now(),
    outcome: isCurrent ? "applied" : "outdated",
    keyId,
  });

  const writeFresh = async (rows: readonly HistoryRow[]): Promise<[string, Outcome][]> => {
    const refused = await writeHistory(rows);
    return rows.map(({ id }) => [id, refused.has(id) ? "refused" : "applied"]);
  };

  const add = async (row: HistoryRow): Promise<[string, Outcome]> => {
    const result = await addToHistory(row);
    const outcomes = { added: row.outcome, present: "duplicate", refused: "refused" } as const;
    return [row.id, outcomes[result]];
  };

  return async (recorded: readonly Recorded[], keyId: string): Promise<Map<string, Outcome>> => {
    const isFresh = ({ isCurrent, isNew }: Recorded) => isCurrent && isNew;
    const fresh = recorded.filter(isFresh).map((one) => toRow(one, keyId));
    const others = recorded.filter((one) => !isFresh(one)).map((one) => toRow(one, keyId));
    const outcomes = await Promise.all([writeFresh(fresh), inParallel(storeWidth, others, add)]);
    return new Map(outcomes.flat());
  };
};
