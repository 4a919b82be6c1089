import type { Problem } from "../problem.ts";
import { isCleanText } from "../text.ts";

/** The server name that a request gives to its events, and where it stands in the body; `why`: what stands there is no name. */
export type GivenServerName = { pointer: string; value: unknown; why?: string };

/** Where an event's server name may come from, in order of precedence. */
export type ServerNameSources = {
  serverName: string | undefined;
  serverNamePointer: string;
  server: number | string | undefined;
  serverPointer: string;
  request: GivenServerName | undefined;
  key: string | undefined;
  /** Where the event stands: what the key names stands nowhere in the body. */
  eventPointer: string;
};

/** Whether a value of Server is a name. A number is a handle, however it is written: 65200, " 65200", -1, 6.52e4, 0xFEB0. */
export const isNamedServer = (server: unknown): server is string =>
  typeof server === "string" && Number.isNaN(Number(server));

/** Whether a value can be a server name that a request gives. */
export const isServerName = (value: unknown): value is string =>
  typeof value === "string" && value.length <= 128 && isCleanText(value);

/** A server name that was found, and where in the body. */
export type FoundServerName = { pointer: string; name: string };

const checkGiven = ({ pointer, value }: GivenServerName): FoundServerName | Problem =>
  isServerName(value)
    ? { pointer, name: value }
    : {
        pointer,
        code: "invalid-value",
        detail: "must be a name of 1 to 128 characters without control characters",
      };

/**
 * Finds the stable T-Server name of an event: its ServerName, its Server unless that is a number, the request's name, the
 * key's name. A numeric Server is a handle of the bridge's connection and never becomes a name.
 */
export const findServerName = (sources: ServerNameSources): FoundServerName | Problem => {
  const { serverName, server, serverPointer, request, key } = sources;
  if (serverName !== undefined) return { pointer: sources.serverNamePointer, name: serverName };
  if (isNamedServer(server)) return { pointer: serverPointer, name: server };
  if (request !== undefined && request.why === undefined) return checkGiven(request);
  if (key !== undefined) return { pointer: sources.eventPointer, name: key };
  return {
    pointer: request?.pointer ?? serverPointer,
    code: "server-name-missing",
    detail:
      request?.why ??
      "no T-Server name: a numeric Server is only a local handle. Give ServerName in the event, serverName in the envelope, or bind a name to the bridge's key",
  };
};
