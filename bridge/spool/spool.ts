import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import * as v from "valibot";
import type { BatchLimits } from "../batches.ts";
import type { SourceEvent } from "../source-event.ts";
import { createHeldDns, type HeldChange } from "./held-dns.ts";
import { openDatabase } from "./open-database.ts";
import { createReserve } from "./reserve.ts";

const RowSchema = v.object({
  seq: v.number(),
  text: v.string(),
  place: v.string(),
  form: v.picklist(["json", "cloudevents"]),
  server_name: v.nullable(v.string()),
});

/** An event in the spool; a higher `seq` was read later. */
export interface SpooledEvent extends SourceEvent {
  readonly seq: number;
}

/** How far a followed file was read, in the reader's own words. */
export interface FollowedPlace {
  readonly file: string;
  readonly place: string;
}

const toEvent = (row: unknown): SpooledEvent => {
  const { seq, text, place, form, server_name: serverName } = v.parse(RowSchema, row);
  return { seq, text, where: place, form, ...(serverName !== null && { serverName }) };
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
  insert: database.prepare(
    "INSERT INTO events (text, place, form, server_name) VALUES (?, ?, ?, ?)",
  ),
  first: database.prepare("SELECT * FROM events ORDER BY seq LIMIT ?"),
  remove: database.prepare("DELETE FROM events WHERE seq <= ?"),
  count: database.prepare("SELECT count(*) AS count FROM events"),
  follow: database.prepare("INSERT OR REPLACE INTO followed (file, place) VALUES (?, ?)"),
  place: database.prepare("SELECT place FROM followed WHERE file = ?"),
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
  const held = createHeldDns(database);
  let size = Number(statements.count.get()?.["count"] ?? 0);

  const append = (events: readonly SourceEvent[], followed?: FollowedPlace): void => {
    reserve.fill();
    inTransaction(database, () => {
      for (const { text, where, form, serverName } of events)
        statements.insert.run(text, where, form, serverName ?? null);
      if (followed !== undefined) statements.follow.run(followed.file, followed.place);
    });
    size += events.length;
  };
  const first = ({ events, bytes }: BatchLimits): SpooledEvent[] => {
    const found: SpooledEvent[] = [];
    let total = 0;
    for (const row of statements.first.iterate(events)) {
      const event = toEvent(row);
      total += Buffer.byteLength(event.text) + 1;
      const [head = event] = found;
      const isSame = head.form === event.form && head.serverName === event.serverName;
      if (found.length > 0 && (total > bytes || !isSame)) break;
      found.push(event);
    }
    return found;
  };
  const remove = (through: number, changes: readonly HeldChange[] = []): void => {
    let removed = 0;
    inTransaction(database, () => {
      removed = Number(statements.remove.run(through).changes);
      held.change(changes);
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
    /** The events that were read first, as many as one request may carry, of one form and server name. */
    first,
    /** Forgets the events up to this one, and with them notes which DNs are held. */
    remove,
    held: held.read,
    followedPlace: (file: string) => textIn(statements.place.get(file), "place"),
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
