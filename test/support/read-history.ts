import type { HistoryRow } from "../../lambda/domain/status/history-row.ts";
import type { HistoryRange, WalkHistory } from "../../lambda/ports/history.ts";

/** Reads the first rows of a walk, as many as its limit says. */
export type ReadHistory = (range: HistoryRange) => Promise<HistoryRow[]>;

/** Makes a reader of a history of its walk. */
export const createReadHistory =
  (walkHistory: WalkHistory): ReadHistory =>
  async (range) => {
    const rows: HistoryRow[] = [];
    for await (const row of walkHistory(range)) {
      if (rows.length === range.limit) break;
      rows.push(row);
    }
    return rows;
  };
