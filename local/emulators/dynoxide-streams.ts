import { DatabaseSync } from "node:sqlite";
import { StartFailure } from "../command/start-failure.ts";
import type { Shutdown } from "../processes/shutdown.ts";
import type { TrimStream } from "./dynamodb-engine.ts";

/** The newest records of a stream that stay, whoever has taken them: some 65 MB of statuses. */
export const recordsKept = 50_000;
const recordsAtOnce = 500;

/**
 * dynoxide asks at each write for the stream's last number, and at each read for the records after one, both as integers of
 * a column of text. Without this index it reads all records of all streams to answer.
 */
const index = `CREATE INDEX IF NOT EXISTS stream_order
  ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`;

const open = (file: string): DatabaseSync => {
  try {
    const database = new DatabaseSync(file, { timeout: 5000 });
    database.exec(index);
    return database;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StartFailure(
      `The tables in ${file} cannot get the index that they need: ${why}. They are kept as they are: see to that, or use another directory.`,
      { cause },
    );
  }
};

/** Forgets the oldest records: some, of this table, up to this number, but for the newest. */
const forget = `DELETE FROM _stream_records
  WHERE table_name = :table AND CAST(sequence_number AS INTEGER) <= min(
    :through,
    (SELECT max(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table) - :kept,
    (SELECT min(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table) + :some)`;

/**
 * Opens the database of a running dynoxide beside it, and gives it the index that its streams lack: without, each write costs
 * more than the one before. Returns the function that trims its streams, which dynoxide itself never does.
 */
export const openDynoxideStreams = (
  file: string,
  shutdown: Shutdown,
  kept = recordsKept,
): TrimStream => {
  const database = open(file);
  shutdown.add(() => database.close());
  // From here on nothing waits in this process: not for dynoxide's lock, nor for the disk, which is dynoxide's concern.
  database.exec(
    "PRAGMA busy_timeout = 0; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0",
  );
  const statement = database.prepare(forget);
  return (table, through) => {
    try {
      const values = { table, through, kept, some: recordsAtOnce - 1 };
      return statement.run(values).changes === 0;
    } catch {
      // dynoxide is writing, or its disk is full. What stays for now harms nobody.
      return false;
    }
  };
};
