import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type BatchLimits, fitsBehind } from "../batches.ts";
import type { SourceEvent } from "../source-event.ts";
import { fromRow, insertEvent, type SpooledEvent, toRow } from "./event-row.ts";
import { createFollowedFiles, type FollowedProgress } from "./followed-files.ts";
import { createFollowedServers, type NamedServer } from "./followed-servers.ts";
import { openDatabase } from "./open-database.ts";
import { createReserve } from "./reserve.ts";

/** What is known now of the T-Servers of a followed file. */
export type HeardServers = {
  readonly file: string;
  readonly servers: readonly NamedServer[];
};

const inTransaction = (database: DatabaseSync, work: () => void): void => {
  database.exec("BEGIN IMMEDIATE");
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
};

// A small file is left as it is: it will be filled again.
const mostPagesKept = 256;

/** Shortens the file of an empty spool, and its log. */
const giveSpaceBack = (database: DatabaseSync): void => {
  const pages = Number(database.prepare("PRAGMA page_count").get()?.["page_count"] ?? 0);
  if (pages <= mostPagesKept) return;
  database.exec("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);");
};

/** Statements and facts of an open spool. */
const prepare = (database: DatabaseSync) => ({
  insert: database.prepare(insertEvent),
  first: database.prepare("SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?"),
  remove: database.prepare("DELETE FROM events WHERE seq <= ?"),
  count: database.prepare("SELECT count(*) AS count FROM events"),
  fact: database.prepare("SELECT value FROM facts WHERE name = ?"),
  state: database.prepare("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)"),
});

const textIn = (row: Readonly<Record<string, unknown>> | undefined, column: string) => {
  const value = row?.[column];
  return typeof value === "string" ? value : undefined;
};

/** Opens (or makes) the spool in a directory, for this process alone. */
export const openSpool = (directory: string) => {
  const reserve = createReserve(join(directory, "reserve"));
  const database = openDatabase(directory, reserve);
  const statements = prepare(database);
  const servers = createFollowedServers(database);
  const followedFiles = createFollowedFiles(database);
  let size = Number(statements.count.get()?.["count"] ?? 0);

  const append = (events: readonly SourceEvent[], followed?: FollowedProgress): void => {
    reserve.fill();
    inTransaction(database, () => {
      for (const event of events) statements.insert.run(...toRow(event, followed?.file));
      if (followed !== undefined) followedFiles.write(followed);
    });
    size += events.length;
  };
  const first = ({ events, bytes }: BatchLimits, after = 0): SpooledEvent[] => {
    const found: SpooledEvent[] = [];
    let total = 0;
    for (const row of statements.first.iterate(after, events)) {
      const event = fromRow(row);
      total += Buffer.byteLength(event.text) + 1;
      const before = found.at(-1);
      if (before !== undefined && (total > bytes || !fitsBehind(event, before))) break;
      found.push(event);
    }
    return found;
  };
  const hear = ({ file, servers: heard }: HeardServers): void => servers.write(file, heard);
  const remove = (through: number, heard?: HeardServers): void => {
    let removed = 0;
    inTransaction(database, () => {
      removed = Number(statements.remove.run(through).changes);
      if (heard !== undefined) hear(heard);
    });
    size -= removed;
    if (size === 0) giveSpaceBack(database);
  };
  return {
    directory,
    /** How many events wait in it. */
    size: () => size,
    /** Keeps events, and with them how far the followed file was read: both are on the disk, or neither is. */
    append,
    /** The events that were read first (after this one), as many as one request may carry: what fits behind each other. */
    first,
    /** Forgets the events up to this one, and with them notes what they say about T-Servers. */
    remove,
    /** What is known of the T-Servers of a followed file. */
    servers: servers.read,
    hear: (heard: HeardServers): void => inTransaction(database, () => hear(heard)),
    /** What is known of a followed file. */
    followedFile: followedFiles.read,
    /** Times of which events of a followed file may be missing, as texts, until they are forgotten. */
    gaps: followedFiles.gaps,
    forgetGaps: followedFiles.forgetGaps,
    fact: (name: string) => textIn(statements.fact.get(name), "value"),
    state: (name: string, value: string): void => void statements.state.run(name, value),
    /** Gives the spool's emptying the space that was kept for it. */
    releaseReserve: reserve.release,
    close: (): void => {
      database.close();
      reserve.release();
    },
  };
};

/** The events that were read and have no final answer yet, on disk. */
export type Spool = ReturnType<typeof openSpool>;
