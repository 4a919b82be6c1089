import type { HistoryRow } from "../domain/status/history-row.ts";

/** Writes history rows whether they are there or not. Returns the ids of those that the store will never take. */
export type WriteHistory = (rows: readonly HistoryRow[]) => Promise<Set<string>>;

/** Adds a history row unless it is there. */
export type AddToHistory = (row: HistoryRow) => Promise<"added" | "present" | "refused">;

/** Which part of a DN's history to read; both keys are inclusive. */
export type HistoryRange = {
  thisDN: string;
  from: string;
  to: string;
  server: string | undefined;
  application: string | undefined;
  limit: number;
};

/**
 * Walks through a DN's history, newest first. It is read from the store as the walk goes on, about `limit` rows at a time;
 * the walk itself ends with the range.
 */
export type WalkHistory = (range: HistoryRange) => AsyncIterable<HistoryRow>;
