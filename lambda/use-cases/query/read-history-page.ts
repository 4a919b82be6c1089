import { createAnswerBudget } from "../../domain/page.ts";
import {
  firstKey,
  type HistoryRow,
  historyKey,
  lastKey,
  lastKeyAt,
  toHistoryEntry,
} from "../../domain/status/history-row.ts";
import { formatTime } from "../../domain/time.ts";
import type { HistoryRange, WalkHistory } from "../../ports/history.ts";

/** Which part of a DN's history; times in microseconds, both inclusive; `before` is a cursor. */
export type HistoryQuery = {
  thisDN: string;
  server?: string | undefined;
  application?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  before?: string | undefined;
  limit: number;
};

/** A page of history, newest first, as far as one answer holds it; `next` is absent on the last. */
export type HistoryPage = { rows: HistoryRow[]; next: string | undefined };

const smallest = (a: string, b: string): string => (a < b ? a : b);

/** Builds the reader of history pages. The cursor is the last key, so that new events shift nothing. */
export const createReadHistoryPage = (walkHistory: WalkHistory) => {
  const readPage = async (range: HistoryRange, { before, limit }: HistoryQuery) => {
    const fits = createAnswerBudget();
    const rows: HistoryRow[] = [];
    for await (const row of walkHistory(range)) {
      if (historyKey(row) === before) continue;
      const last = rows.at(-1);
      const isFull = rows.length === limit || !fits(toHistoryEntry(row));
      if (last !== undefined && isFull) return { rows, next: historyKey(last) };
      rows.push(row);
    }
    return { rows, next: undefined };
  };

  return async (query: HistoryQuery): Promise<HistoryPage> => {
    const { thisDN, server, application, from, to, before, limit } = query;
    const lower = from === undefined ? firstKey : formatTime(from);
    const end = to === undefined ? lastKey : lastKeyAt(to);
    const upper = before === undefined ? end : smallest(before, end);
    if (upper < lower) return { rows: [], next: undefined };
    // The cursor's own row comes along, and one more shows whether there is a next page.
    const range = { thisDN, server, application, from: lower, to: upper, limit: limit + 2 };
    return await readPage(range, query);
  };
};

/** Reads a page of history (see `createReadHistoryPage`). */
export type ReadHistoryPage = ReturnType<typeof createReadHistoryPage>;
