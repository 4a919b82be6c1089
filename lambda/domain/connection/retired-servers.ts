import type { Connection } from "./connection.ts";

/** Whether an operator has said that a connection is gone for good, and it has not come back since. */
export const isConnectionRetired = ({ retiredAt }: Pick<Connection, "retiredAt">): boolean =>
  retiredAt !== undefined;

type Known = Pick<Connection, "server" | "retiredAt">;

/** The servers to which some connections are that are not retired. */
export const liveServers = (connections: readonly Known[]): Set<string> =>
  new Set(connections.flatMap((one) => (isConnectionRetired(one) ? [] : [one.server])));

/** The servers of which every connection is retired. */
export const retiredServers = (connections: readonly Known[]): string[] => {
  const live = liveServers(connections);
  return [...new Set(connections.map(({ server }) => server))].filter((name) => !live.has(name));
};
