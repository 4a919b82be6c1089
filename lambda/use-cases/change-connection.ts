import type { Connection, ConnectionKey } from "../domain/connection/connection.ts";
import type { ReadConnection, WriteConnection } from "../ports/connections.ts";

/** Changes a connection and gives it as it is then; undefined when there is none. */
export type ChangeConnection = (
  key: ConnectionKey,
  change: (connection: Connection) => Connection,
) => Promise<Connection | undefined>;

const maxConflicts = 20;

/**
 * Builds the writer of connections: reads, changes and writes on condition that nobody wrote in between, else all over
 * again. A change that gives the same connection is no write.
 */
export const createChangeConnection =
  (dependencies: {
    readConnection: ReadConnection;
    writeConnection: WriteConnection;
  }): ChangeConnection =>
  async (key, change) => {
    const { readConnection, writeConnection } = dependencies;
    for (let conflicts = 0; conflicts < maxConflicts; conflicts += 1) {
      const before = await readConnection(key);
      if (before === undefined) return undefined;
      const after = change(before);
      if (after === before) return before;
      const next = { ...after, revision: before.revision + 1 };
      if ((await writeConnection(next)) === "written") return next;
    }
    throw new Error(`a connection was written by others ${maxConflicts} times in a row`);
  };
