import { firstKey, type HistoryRow, lastKeyAt } from "../../domain/status/history-row.ts";
import { secondOf } from "../../domain/status/mark.ts";
import { type Marks, merge } from "../../domain/status/merge.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import { eventsOf, replay } from "../../domain/status/replay.ts";
import type { WalkHistory } from "../../ports/history.ts";

const hourMicros = 3_600_000_000;
const dayMicros = 24 * hourMicros;
const pageSize = 1_000;

// Whether nothing older matters: each application's newest registration is there, and the newest end of each, or a newer
// mark with the customer.
const isEnough = (
  { applications }: RegistrationStatus,
  found: ReadonlyMap<string, Marks>,
): boolean => {
  const names = Object.keys(applications);
  if (names.some((name) => found.get(name)?.registered === undefined)) return false;
  const marks = [...found.values()].flatMap((one) => [one.registered, one.unregistered]);
  if (marks.some((mark) => mark?.customerID !== undefined)) return true;
  const hasEnded = (name: string) => applications[name]?.unregistered !== undefined;
  return names.filter(hasEnded).every((name) => found.get(name)?.unregistered !== undefined);
};

/**
 * Builds the reader of a status before its newest published change, as far as its history shows: from what had arrived
 * by then, by our clock. Undefined: nothing was known of it. It reads back, second by second, until each application's
 * newest registration is there, and who the customer was: nothing older outweighs that. Where there is none, it reads
 * everything.
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
    const found = new Map<string, Marks>();
    const read: HistoryRow[] = [];
    let second = Number.POSITIVE_INFINITY;
    for await (const row of rows) {
      if (secondOf(row.time) < second && isEnough(status, found)) break;
      second = secondOf(row.time);
      read.push(row);
      if (row.receivedAt >= changedAt) continue;
      found.set(row.application, merge(found.get(row.application) ?? {}, row));
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
