import { mayName } from "../../domain/access/bridge-key.ts";
import { notAllowed, type ServerRefusal } from "../../domain/event/server-refusal.ts";
import type { ClaimServers } from "./claim-servers.ts";
import { healthOf, type ReadRequest, serversOf } from "./connection-reports.ts";
import { maxRemembered } from "./record-report.ts";

/**
 * Says which of the servers that a request is about its key may not name, and why: they are not in the key's list, or
 * there are too many. Throws when the store cannot answer now.
 */
export type AdmitServers = (request: ReadRequest) => Promise<ReadonlyMap<string, ServerRefusal>>;

/** Builds it. It remembers whose places are claimed, so that a bridge that was here before costs no call. */
export const createAdmitServers = (claimServers: ClaimServers): AdmitServers => {
  const memory = new Set<string>();

  const claimUnknown = async (application: string, servers: readonly string[]) => {
    const keyOf = (server: string) => JSON.stringify([server, application]);
    const unknown = servers.filter((server) => !memory.has(keyOf(server)));
    if (unknown.length === 0) return [];
    const refused = await claimServers(application, unknown);
    if (memory.size >= maxRemembered) memory.clear();
    for (const server of unknown) if (!refused.has(server)) memory.add(keyOf(server));
    return refused;
  };

  return async (request) => {
    const { key, reads } = request;
    const servers = Map.groupBy(serversOf(request), (server) => mayName(key, server));
    const foreign = (servers.get(false) ?? []).map((server) => [server, notAllowed] as const);
    // A request of rejected events alone makes no connection.
    const wanted = healthOf(reads).kind === "rejected" ? [] : (servers.get(true) ?? []);
    return new Map([...foreign, ...(await claimUnknown(key.name, wanted))]);
  };
};
