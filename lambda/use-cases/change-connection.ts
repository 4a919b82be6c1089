import { retryOnConflict } from "../async/retry-on-conflict.ts";
import type { Connection, ConnectionKey } from "../domain/connection/connection.ts";
import type { ReadConnection, WriteConnection } from "../ports/connections.ts";

/** Changes a connection and returns it as it is then; undefined when there is none. */
export type ChangeConnection = (
  key: ConnectionKey,
  change: (connection: Connection) => Connection,
) => Promise<Connection | undefined>;

/**
 * Builds the writer of connections: reads, changes and writes on condition that no other writer came in between, else
 * repeats all three. A change that returns the same connection is not written.
 */
export const createChangeConnection =
  (ports: { readConnection: ReadConnection; writeConnection: WriteConnection }): ChangeConnection =>
  (key, change) =>
    retryOnConflict("a connection", async () => {
      const before = await ports.readConnection(key);
      if (before === undefined) return undefined;
      const after = change(before);
      if (after === before) return before;
      const next = { ...after, revision: before.revision + 1 };
      return (await ports.writeConnection(next)) === "written" ? next : "conflict";
    });
