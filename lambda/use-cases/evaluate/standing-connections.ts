import type { Connection } from "../../domain/connection/connection.ts";
import {
  type StandingConnection,
  type StatementContext,
  toStanding,
} from "../../domain/connection/standing-statements.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

/** The ports of what only judges connections: they read each connection as it stands. */
export type StandingPorts = EvaluatePorts & {
  readConnectionsOfServer: (server: string) => Promise<StandingConnection[]>;
};

/** Builds the reader of what decides which statements about connections stand at present. */
export const createReadContext =
  ({ readLiveKeys, now }: Pick<EvaluatePorts, "readLiveKeys" | "now">) =>
  async (): Promise<StatementContext> => {
    const live = await readLiveKeys({ reload: false });
    return { live, now: now() };
  };

/**
 * Makes ports that read connections as they stand. What changes a connection must not use them: statements that do not
 * stand now would be lost with the write.
 */
export const withStandingConnections = (ports: EvaluatePorts): StandingPorts => {
  const { readConnection, readConnectionsOfServer, readAllConnections } = ports;
  const readContext = createReadContext(ports);

  const toAllStanding = async (connections: readonly Connection[]) => {
    const context = await readContext();
    return connections.map((connection) => toStanding(connection, context));
  };

  return {
    ...ports,
    readConnection: async (key) => {
      const connection = await readConnection(key);
      return connection && toStanding(connection, await readContext());
    },
    readConnectionsOfServer: async (server) => toAllStanding(await readConnectionsOfServer(server)),
    readAllConnections: async () => toAllStanding(await readAllConnections()),
  };
};
