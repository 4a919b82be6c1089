import type { Connection, Occurrence } from "./connection.ts";

/**
 * What one bridge says is down on a server: the link to the switch, or that bridge's own connection to the T-Server.
 */
export type Outage = { kind: "link" | "server"; application: string } & Occurrence;

/** Whether a connection counts: it was not closed on purpose and is not retired. */
export const isLive = ({ closedAt, retiredAt }: Connection): boolean =>
  closedAt === undefined && retiredAt === undefined;

// At the same moment (whole seconds, at a switchover) both are reported: then it is up.
const isAfter = (down: Occurrence, up: number | undefined): boolean =>
  up === undefined || down.at > up;

const serverOutage = ({ application, serverDown, serverUp, session }: Connection): Outage[] =>
  serverDown !== undefined &&
  isAfter(serverDown, serverUp?.at) &&
  // A bridge that has a new session is connected, whether it says so or not.
  isAfter(serverDown, session?.startedAt)
    ? [{ kind: "server", application, ...serverDown }]
    : [];

/**
 * What is down of the server that these connections lead to, as live bridges report. There is one link: it is up once
 * a bridge has reported so, even one that has stopped or been retired since; a bridge that died meanwhile cannot
 * report it.
 */
export const outagesOf = (connections: readonly Connection[]): Outage[] => {
  const live = connections.filter(isLive);
  const linkUp = (down: Occurrence) =>
    connections.some(({ linkUp: up }) => up !== undefined && up.at >= down.at);
  return live.flatMap((connection): Outage[] => {
    const { application, linkDown } = connection;
    const isLinkDown = linkDown !== undefined && !linkUp(linkDown);
    const link: Outage[] = isLinkDown ? [{ kind: "link", application, ...linkDown }] : [];
    return [...link, ...serverOutage(connection)];
  });
};
