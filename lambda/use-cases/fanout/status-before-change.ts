import { firstKey, lastKeyAt } from "../../domain/status/history-row.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import { eventsOf, replay } from "../../domain/status/replay.ts";
import type { ReadHistory } from "../../ports/history.ts";

const hourMicros = 3_600_000_000;
const dayMicros = 24 * hourMicros;
// The newest events decide, as in a look back.
const maxEvents = 5_000;

/**
 * Builds the reader of a status before its newest published change, as far as its history shows: from what had arrived
 * by then, by our clock. Undefined: nothing was known of it.
 */
export const createStatusBeforeChange =
  (readHistory: ReadHistory) =>
  async (status: RegistrationStatus): Promise<RegistrationStatus | undefined> => {
    const { thisDN, server, changedAt } = status;
    const rows = await readHistory({
      thisDN,
      server,
      application: undefined,
      from: firstKey,
      // No event that is further ahead of our clock was accepted.
      to: lastKeyAt(changedAt + hourMicros),
      limit: maxEvents,
    });
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

/** Reads what a status was before its newest published change (see `createStatusBeforeChange`). */
export type StatusBeforeChange = ReturnType<typeof createStatusBeforeChange>;
