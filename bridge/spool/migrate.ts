import type { DatabaseSync } from "node:sqlite";
import { steps } from "./schema.ts";

const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);

/**
 * Brings a spool's database, new or of an older bridge, to what this bridge uses, in the transaction that is open. Throws
 * where a newer bridge has made it: what that keeps in it this one would lose.
 */
export const migrate = (database: DatabaseSync): void => {
  const version = versionOf(database);
  if (version > steps.length)
    throw new Error(
      `a newer bridge made it (version ${version}; this bridge knows up to ${steps.length}): use that bridge, or give another --spool`,
    );
  if (version === steps.length) return;
  for (const step of steps.slice(version)) database.exec(step);
  database.exec(`PRAGMA user_version = ${steps.length}`);
};
