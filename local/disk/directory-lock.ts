import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { isRunning } from "../../bridge/running-stack.ts";
import { StartFailure } from "../command/start-failure.ts";
import type { Shutdown } from "../processes/shutdown.ts";
import { readKept } from "./read-kept.ts";
import { replaceKept } from "./replace-kept.ts";

const busy = 5;

const OwnerSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ pid: v.number(), since: v.string() }),
);

/**
 * Takes the lock, which the system gives back when this process ends, however it ends: a write transaction that stays open.
 * False when another process has it.
 */
const takeLock = (file: string, shutdown: Shutdown): boolean => {
  // SQLite would not say why it cannot open a file.
  closeSync(openSync(file, "a", 0o600));
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE");
    shutdown.add(() => database.close());
    return true;
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === busy) return false;
    throw error;
  }
};

/** Who says that it has the lock. It says so after it has taken it, and what a killed one said stays. */
const findOwner = async (file: string): Promise<string> => {
  for (let attempt = 0; attempt < 10; attempt += 1, await wait(50)) {
    const owner = readKept(file, OwnerSchema, "");
    if (owner !== undefined && isRunning(owner.pid)) {
      return ` (process ${owner.pid}, since ${owner.since})`;
    }
  }
  return "";
};

/**
 * Makes the directory this process's own until the shutdown, whatever path leads to it. Throws StartFailure, with who has it,
 * when it is in use.
 */
export const lockDirectory = async (directory: string, shutdown: Shutdown): Promise<void> => {
  const ownerFile = join(directory, "lock.json");
  if (takeLock(join(directory, "lock"), shutdown)) {
    const owner = { pid: process.pid, since: new Date().toISOString() };
    return replaceKept(ownerFile, `${JSON.stringify(owner)}\n`);
  }
  const owner = await findOwner(ownerFile).catch(() => "");
  throw new StartFailure(
    `${directory} (--data) is in use by another local stack${owner}. Stop that one first, or give this one another directory.`,
  );
};
