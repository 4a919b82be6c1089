import {
  firstKey,
  type HistoryRow,
  historyKey,
  lastKey,
  lastKeyAt,
} from "../../domain/status/history-row.ts";
import { formatTime } from "../../domain/time.ts";
import type { ReadHistory } from "../../ports/history.ts";

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

/** A page of history, newest first; `next` is absent on the last. */
export type HistoryPage = { rows: HistoryRow[]; next: string | undefined };

const smallest = (a: string, b: string): string => (a < b ? a : b);

/** Builds the reader of history pages. The cursor is the last key, so that new events shift nothing. */
export const createReadHistoryPage =
  (readHistory: ReadHistory) =>
  async (query: HistoryQuery): Promise<HistoryPage> => {
    const { thisDN, server, application, from, to, before, limit } = query;
    const lower = from === undefined ? firstKey : formatTime(from);
    const end = to === undefined ? lastKey : lastKeyAt(to);
    const upper = before === undefined ? end : smallest(before, end);
    if (upper < lower) return { rows: [], next: undefined };
    const rows = await readHistory({
      thisDN,
      server,
      application,
      from: lower,
      to: upper,
      // The cursor's own row comes along, and one more shows whether there is a next page.
      limit: limit + 2,
    });
    const beyond = rows.filter((row) => historyKey(row) !== before);
    const page = beyond.slice(0, limit);
    const lastRow = page.at(-1);
    const more = beyond.length > limit && lastRow !== undefined;
    return { rows: page, next: more ? historyKey(lastRow) : undefined };
  };

/** Reads a page of history (see `createReadHistoryPage`). */
export type ReadHistoryPage = ReturnType<typeof createReadHistoryPage>;
