import { firstKey, type HistoryRow, lastKeyAt } from "../../domain/status/history-row.ts";
import { secondOf } from "../../domain/status/mark.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import { eventsOf, replay } from "../../domain/status/replay.ts";
import type { WalkHistory } from "../../ports/history.ts";

const hourMicros = 3_600_000_000;
const dayMicros = 24 * hourMicros;
const pageSize = 1_000;

/**
 * Builds the reader of a status before its newest published change, as far as its history shows: from what had arrived
 * by then, by our clock. Undefined: nothing was known of it. It reads back until each application's newest registration
 * is there: nothing older outweighs that. Where there is none, it reads everything.
 */
export const createStatusBeforeChange = (walkHistory: WalkHistory) => {
  const readRows = async (status: RegistrationStatus): Promise<HistoryRow[]> => {
    const { thisDN, server, changedAt } = status;
    const rows = walkHistory({
      thisDN,
      server,
      application: undefined,
      from: firstKey,
      // No event that is further ahead of our clock was accepted.
      to: lastKeyAt(changedAt + hourMicros),
      limit: pageSize,
    });
    const missing = new Set(Object.keys(status.applications));
    const read: HistoryRow[] = [];
    let oldestTime = Number.POSITIVE_INFINITY;
    for await (const row of rows) {
      if (missing.size === 0 && secondOf(row.time) < secondOf(oldestTime)) break;
      read.push(row);
      const isThen = row.event === "EventRegistered" && row.receivedAt < changedAt;
      if (isThen && missing.delete(row.application)) oldestTime = row.time;
    }
    return read;
  };

  return async (status: RegistrationStatus): Promise<RegistrationStatus | undefined> => {
    const { changedAt } = status;
    const rows = await readRows(status);
    const kept = rows.map((row) => ({ event: row, receivedAt: row.receivedAt }));
    const ids = new Set(rows.map(({ id }) => id));
    // Old events without a row are those whose rows the history has dropped. A young event without a row may be the
    // change itself: its write can die before the row is there, and the repetition that adds the row comes later.
    const dropped = eventsOf(status).filter(
      ({ event }) => !ids.has(event.id) && event.time < changedAt - dayMicros,
    );
    const [before] = replay([...dropped, ...kept.filter((one) => one.receivedAt < changedAt)]);
    return before;
  };
};

/** Reads what a status was before its newest published change (see `createStatusBeforeChange`). */
export type StatusBeforeChange = ReturnType<typeof createStatusBeforeChange>;
