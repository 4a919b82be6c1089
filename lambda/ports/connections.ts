import type { Connection, ConnectionKey } from "../domain/connection/connection.ts";
import type { WriteRevision } from "./revisions.ts";

/** Reads one connection, consistently. */
export type ReadConnection = (key: ConnectionKey) => Promise<Connection | undefined>;

/** Reads all connections to a server, consistently. */
export type ReadConnectionsOfServer = (server: string) => Promise<Connection[]>;

/** Reads all connections there are: some hundreds at most. */
export type ReadAllConnections = () => Promise<Connection[]>;

export type WriteConnection = WriteRevision<Connection>;
