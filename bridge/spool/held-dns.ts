import type { DatabaseSync } from "node:sqlite";
import * as v from "valibot";

const HeldSchema = v.array(v.object({ server: v.string(), count: v.number() }));

/** A DN that a server registered or unregistered. */
export interface HeldChange {
  readonly server: string;
  readonly thisDN: string;
  readonly isHeld: boolean;
}

/** Which DNs the bridge holds a registration for, as far as it has told the adapter. */
export const createHeldDns = (database: DatabaseSync) => {
  const add = database.prepare("INSERT OR IGNORE INTO held (server, this_dn) VALUES (?, ?)");
  const remove = database.prepare("DELETE FROM held WHERE server = ? AND this_dn = ?");
  const count = database.prepare("SELECT server, count(*) AS count FROM held GROUP BY server");
  return {
    change: (changes: readonly HeldChange[]): void => {
      for (const { server, thisDN, isHeld } of changes) {
        if (isHeld) add.run(server, thisDN);
        else remove.run(server, thisDN);
      }
    },
    /** How many DNs of each server. */
    read: () => v.parse(HeldSchema, count.all()),
  };
};
