import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CommandError } from "../terminal/command-error.ts";
import { isSpoolDiskFull } from "./disk-full.ts";
import { migrate } from "./migrate.ts";
import type { Reserve } from "./reserve.ts";
import { pragmas } from "./schema.ts";

const busy = 5;

const explain = (directory: string, error: unknown): string => {
  const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return code === busy
    ? `another bridge uses the spool ${directory}: end it, or give this one a spool of its own with --spool DIR`
    : `the spool ${directory} cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
};

const open = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // Events name people; keep them from other users of the machine.
    chmodSync(file, 0o600);
    database.exec(`${pragmas} BEGIN IMMEDIATE`);
    migrate(database);
    database.exec("COMMIT");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/**
 * Opens the spool's database, also one of an older bridge, and takes it for this process alone. On a full disk even that
 * needs the reserve. Throws CommandError where another process has it, or a newer bridge has made it.
 */
export const openDatabase = (directory: string, reserve: Reserve): DatabaseSync => {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, "spool.sqlite");
    try {
      return open(file);
    } catch (error) {
      if (!isSpoolDiskFull(error)) throw error;
      reserve.release();
      return open(file);
    }
  } catch (error) {
    throw new CommandError(explain(directory, error), { cause: error });
  }
};
