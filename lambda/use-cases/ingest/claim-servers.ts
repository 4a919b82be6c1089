import { inParallel } from "../../async/in-parallel.ts";
import type { Connection } from "../../domain/connection/connection.ts";
import { isConnectionRetired, retiredServers } from "../../domain/connection/retired-servers.ts";
import {
  type ServerRefusal,
  tooManyOfApplication,
  tooManyOfStage,
} from "../../domain/event/server-refusal.ts";
import { maxServers, micros } from "../../domain/rules.ts";
import type { IngestPorts } from "./ingest-ports.ts";
import { measuredList } from "./measure-servers.ts";

/**
 * Claims places for servers of an application, and returns why the others are refused. Throws when the store cannot
 * answer now.
 */
export type ClaimServers = (
  application: string,
  servers: readonly string[],
) => Promise<Map<string, ServerRefusal>>;

type Ports = Pick<
  IngestPorts,
  | "readNames"
  | "claimName"
  | "freeNames"
  | "readConnection"
  | "readAllConnections"
  | "serversPerKey"
  | "now"
>;

const width = 10;
const stageList = "servers";
const listOf = (application: string): string => `servers of ${application}`;

/**
 * Builds it. The lists are read first: a list that is full costs no write, and a name that is in both none either. Who
 * had a connection before there were lists, or while they were full, keeps it (ADR 0022).
 */
export const createClaimServers = (ports: Ports): ClaimServers => {
  const { readNames, claimName, freeNames, readConnection, readAllConnections } = ports;
  const freedAt = new Map<string, number>();
  const missedSince = new Map<string, ReadonlyMap<string, number>>();

  const openList = async (list: string, limit: number, refusal: ServerRefusal) => {
    const names = new Set(await readNames(list));
    const hasRoom = (server: string) => names.has(server) || names.size < limit;
    return {
      refusal,
      hasRoom,
      claim: async (server: string): Promise<boolean> => {
        if (names.has(server)) return true;
        if (!hasRoom(server) || !(await claimName(list, server, limit))) return false;
        names.add(server);
        return true;
      },
    };
  };

  const claimAll: ClaimServers = async (application, servers) => {
    const limit = ports.serversPerKey;
    const lists = await Promise.all([
      openList(listOf(application), limit, tooManyOfApplication(limit)),
      openList(stageList, maxServers, tooManyOfStage),
    ]);
    const claim = async (server: string): Promise<ServerRefusal | undefined> => {
      // Looked at first: a place of the application would be lost to a server that the stage has no room for.
      const full = lists.find(({ hasRoom }) => !hasRoom(server));
      if (full !== undefined) return full.refusal;
      for (const list of lists) if (!(await list.claim(server))) return list.refusal;
      return undefined;
    };
    const claimed = await inParallel(width, servers, async (server) => ({
      server,
      refusal: await claim(server),
    }));
    return new Map(
      claimed.flatMap(({ server, refusal }) => (refusal === undefined ? [] : [[server, refusal]])),
    );
  };

  const isConnected = async (application: string, server: string): Promise<boolean> => {
    const connection = await readConnection({ server, application });
    return connection !== undefined && !isConnectionRetired(connection);
  };

  // A request that fails after its claim leaves a place without a connection; one that is under way has none yet.
  const findAbandoned = (list: string, unconnected: readonly string[]): string[] => {
    const before = missedSince.get(list) ?? new Map<string, number>();
    const since = new Map(unconnected.map((name) => [name, before.get(name) ?? ports.now()]));
    const isAbandoned = (time: number): boolean => ports.now() - time >= micros(60);
    // One that is freed and claimed again begins again.
    missedSince.set(list, new Map([...since].filter(([, time]) => !isAbandoned(time))));
    return [...since].flatMap(([name, time]) => (isAbandoned(time) ? [name] : []));
  };

  const free = async (list: string, connections: readonly Connection[]): Promise<boolean> => {
    const listed = [...(await readNames(list))];
    const gone = new Set(retiredServers(connections));
    const connected = new Set(connections.map(({ server }) => server));
    const unconnected = listed.filter((name) => !connected.has(name));
    const names = [...listed.filter((name) => gone.has(name)), ...findAbandoned(list, unconnected)];
    if (names.length > 0) await freeNames(list, names);
    return names.length > 0;
  };

  // At most once a second: a bridge that invents names must not have all connections read with every request.
  const freePlaces = async (application: string): Promise<boolean> => {
    if (ports.now() - (freedAt.get(application) ?? 0) < micros(1)) return false;
    freedAt.set(application, ports.now());
    const connections = await readAllConnections();
    const own = connections.filter((connection) => connection.application === application);
    const freed = await Promise.all([
      free(listOf(application), own),
      free(stageList, connections),
      free(measuredList, connections),
    ]);
    return freed.includes(true);
  };

  return async (application, servers) => {
    const refused = await claimAll(application, servers);
    await inParallel(width, [...refused.keys()], async (server) => {
      if (await isConnected(application, server)) refused.delete(server);
    });
    if (refused.size === 0 || !(await freePlaces(application))) return refused;
    return claimAll(application, [...refused.keys()]);
  };
};
