import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import { firstKey, type HistoryRow, lastKeyAt } from "../../domain/status/history-row.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import { eventsOf, replay } from "../../domain/status/replay.ts";
import type { ReadHistory } from "../../ports/history.ts";
import type { ReadStatusesOfDn } from "../../ports/statuses.ts";

// The newest events decide; a DN with more than this is refreshed without end, and only `statusSince` could be older.
const maxEvents = 5_000;

// An event that came again in a later session has the row of its first coming.
const identify = ({ id, session }: RegistrationEvent): string => JSON.stringify([id, session]);

/**
 * Builds the reader of the past: the statuses of a DN as they were at a T-Server time (microseconds), replayed from its
 * history.
 */
export const createRegistrationsAt = (dependencies: {
  readHistory: ReadHistory;
  readStatusesOfDn: ReadStatusesOfDn;
}) => {
  const { readHistory, readStatusesOfDn } = dependencies;

  const readNewest = async (thisDN: string, to: string): Promise<HistoryRow[]> =>
    readHistory({
      thisDN,
      from: firstKey,
      to,
      server: undefined,
      application: undefined,
      limit: maxEvents,
    });

  return async (thisDN: string, at: number): Promise<RegistrationStatus[]> => {
    const [rows, statuses] = await Promise.all([
      readNewest(thisDN, lastKeyAt(at)),
      readStatusesOfDn(thisDN),
    ]);
    const known = statuses.flatMap(eventsOf).filter(({ event }) => event.time <= at);
    const kept = rows.map((row) => ({ event: row, receivedAt: row.receivedAt }));
    const distinct = new Map([...known, ...kept].map((one) => [identify(one.event), one]));
    return replay([...distinct.values()]);
  };
};

/** Reads the statuses of a DN as they were (see `createRegistrationsAt`). */
export type RegistrationsAt = ReturnType<typeof createRegistrationsAt>;
