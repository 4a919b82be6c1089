import { firstKey, type HistoryRow, lastKeyAt } from "../../domain/status/history-row.ts";
import { findPastStatus, type PastStatus, quietFrom } from "../../domain/status/past-status.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import type { WalkHistory } from "../../ports/history.ts";
import type { ReadStatusesOfDn } from "../../ports/statuses.ts";

/**
 * The statuses of a DN as they were. `too-costly`: too many events would have to be read; for a time from `from` on
 * (T-Server time, microseconds) none would, as of now.
 */
export type Past = { kind: "known"; statuses: PastStatus[] } | { kind: "too-costly"; from: number };

/** Counts a row that is read; says whether it was one too many. */
export type CountRow = () => boolean;

/** Counts the rows that may be read for several DNs together. */
export const createRowCount = (limit: number): CountRow => {
  let left = limit;
  return () => {
    left -= 1;
    return left < 0;
  };
};

// Twenty pages, one after the other: a DN with more events since the standings began is one that flaps without end.
const maxRowsOfDn = 20_000;
// Then at twice as many, and so on, up to all of them: each row is replayed twice at most, as the sum of all looks.
const firstLook = 625;

type Open = { status: RegistrationStatus; rows: HistoryRow[] };

/**
 * Builds the reader of the past: the statuses of a DN as they were at a T-Server time (microseconds). What has not
 * changed since then is known from the statuses; for the rest, the history is read backwards from that time, until
 * every application's standing and its beginning are certain.
 */
export const createRegistrationsAt = (dependencies: {
  walkHistory: WalkHistory;
  readStatusesOfDn: ReadStatusesOfDn;
}) => {
  const { walkHistory, readStatusesOfDn } = dependencies;

  const rowsUntil = (thisDN: string, at: number): AsyncIterable<HistoryRow> =>
    walkHistory({
      thisDN,
      from: firstKey,
      to: lastKeyAt(at),
      server: undefined,
      application: undefined,
      limit: firstLook,
    });

  return async (thisDN: string, at: number, countRow: CountRow): Promise<Past> => {
    const open = new Map<string, Open>(
      (await readStatusesOfDn(thisDN)).map((status) => [status.server, { status, rows: [] }]),
    );
    const statuses: PastStatus[] = [];
    const look = (from: number): void => {
      for (const [server, { status, rows }] of open) {
        const past = findPastStatus(status, rows, { at, from });
        if (past !== undefined) open.delete(server);
        if (past !== undefined && past !== "absent") statuses.push(past);
      }
    };

    look(at);
    if (open.size === 0) return { kind: "known", statuses };
    let read = 0;
    let nextLook = firstLook;
    for await (const row of rowsUntil(thisDN, at)) {
      if (read === nextLook) {
        look(row.time);
        nextLook *= 2;
        if (open.size === 0) return { kind: "known", statuses };
      }
      if (read === maxRowsOfDn || countRow()) {
        const from = Math.max(...[...open.values()].map(({ status }) => quietFrom(status)));
        return { kind: "too-costly", from };
      }
      read += 1;
      const { extensions: _, other: __, ...rest } = row;
      open.get(row.server)?.rows.push(rest);
    }
    look(Number.NEGATIVE_INFINITY);
    return { kind: "known", statuses };
  };
};

/** Reads the statuses of a DN as they were (see `createRegistrationsAt`). */
export type RegistrationsAt = ReturnType<typeof createRegistrationsAt>;
