import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import { advance } from "../../domain/status/advance.ts";
import { firstKey, type HistoryRow, lastKeyAt } from "../../domain/status/history-row.ts";
import { compareMarks, type Mark } from "../../domain/status/mark.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import type { ReadHistory } from "../../ports/history.ts";
import type { ReadStatusesOfDn } from "../../ports/statuses.ts";

// The newest events decide; a DN with more than this is refreshed without end, and only `statusSince` could be older.
const maxEvents = 5_000;

/** An event as it is replayed; `receivedAt` by our clock in microseconds. */
export type Replayed = { event: RegistrationEvent; receivedAt: number };

const remembered = (
  status: RegistrationStatus,
  application: string,
  event: RegistrationEvent["event"],
  mark: Mark | undefined,
): Replayed[] => {
  if (mark === undefined) return [];
  const { thisDN, server } = status;
  return [{ event: { ...mark, event, thisDN, server, application }, receivedAt: mark.time }];
};

/** The newest events, which the status remembers even when the history has dropped their rows. */
export const eventsOf = (status: RegistrationStatus): Replayed[] =>
  Object.entries(status.applications).flatMap(([name, application]) => [
    ...remembered(status, name, "EventRegistered", application.registered),
    ...remembered(status, name, "EventUnregistered", application.unregistered),
    ...remembered(status, name, "EventUnregistered", application.lost),
    ...remembered(status, name, "EventUnregistered", application.missed),
    ...remembered(status, name, "Retired", application.retired),
  ]);

// An event that came again in a later session has the row of its first coming.
const identify = ({ id, session }: RegistrationEvent): string => JSON.stringify([id, session]);

/** The statuses, one for each server, that events lead to. */
export const replay = (events: readonly Replayed[]): RegistrationStatus[] => {
  const byServer = new Map<string, RegistrationStatus>();
  const inOrder = events.toSorted((a, b) => compareMarks(a.event, b.event));
  for (const { event, receivedAt } of inOrder) {
    byServer.set(event.server, advance(byServer.get(event.server), [event], receivedAt));
  }
  return [...byServer.values()];
};

/** Builds the look back: the statuses of a DN as they were at a T-Server time (microseconds), replayed from its history. */
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
