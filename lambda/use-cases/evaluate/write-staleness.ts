import { inParallel } from "../../async/in-parallel.ts";
import type { Connection, ConnectionKey } from "../../domain/connection/connection.ts";
import { isRegistrationStale } from "../../domain/connection/judge-staleness.ts";
import { applyStaleness } from "../../domain/status/apply-staleness.ts";
import type { RegistrationStatus, StatusKey } from "../../domain/status/registration-status.ts";
import type { ReadConnection } from "../../ports/connections.ts";
import type { ReadStatuses, WriteStatus } from "../../ports/statuses.ts";
import { width } from "../record-statuses.ts";

const maxTries = 20;

/**
 * A status as its application's connection wants it marked: stale while the bridge is silent; once it is heard, stale still
 * if it was not renewed since a reconnect.
 */
const markFor = (
  status: RegistrationStatus,
  connection: Connection,
  now: number,
): RegistrationStatus => {
  const { application, silentSince } = connection;
  if (silentSince !== undefined) return applyStaleness(status, application, true, now);
  const registration = new Map(Object.entries(status.applications)).get(application);
  const waits =
    registration === undefined ||
    isRegistrationStale(registration, { ...connection, closedAt: undefined });
  return waits ? status : applyStaleness(status, application, false, now);
};

const wantTheSame = (before: Connection, after: Connection): boolean =>
  before.silentSince === after.silentSince && before.stale?.since === after.stale?.since;

/** What marking statuses needs of the outside; `now` in microseconds. */
export type WriteStalenessDependencies = {
  readConnection: ReadConnection;
  readStatuses: ReadStatuses;
  writeStatus: WriteStatus;
  now: () => number;
};

/**
 * Builds what marks statuses stale, or no longer, as their connection is now. What to mark is looked up before and after:
 * two who mark at once, or one who was slow, leave what the connection wanted last.
 */
export const createWriteStaleness = (dependencies: WriteStalenessDependencies) => {
  const { readConnection, readStatuses, writeStatus, now } = dependencies;

  const mark = async (
    status: RegistrationStatus,
    connection: Connection,
    tries = 0,
  ): Promise<void> => {
    if (tries === maxTries)
      throw new Error(`a status was written by others ${tries} times in a row`);
    const marked = markFor(status, connection, now());
    if (marked === status || (await writeStatus(marked)) !== "conflict") return;
    const [current = status] = await readStatuses([status]);
    await mark(current, connection, tries + 1);
  };

  const markAll = async (
    keys: readonly StatusKey[],
    connection: Connection,
    tries = 0,
  ): Promise<void> => {
    if (tries === maxTries) throw new Error(`a bridge came and went ${tries} times in a row`);
    await inParallel(width, await readStatuses(keys), (status) => mark(status, connection));
    const after = await readConnection(connection);
    if (after !== undefined && !wantTheSame(connection, after)) {
      await markAll(keys, after, tries + 1);
    }
  };

  return async (keys: readonly StatusKey[], key: ConnectionKey): Promise<void> => {
    const connection = await readConnection(key);
    if (connection !== undefined) await markAll(keys, connection);
  };
};

/** Marks statuses of an application as its connection wants them (see `createMarkStatuses`). */
export type WriteStaleness = ReturnType<typeof createWriteStaleness>;
