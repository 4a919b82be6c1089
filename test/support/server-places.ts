import { vi } from "vitest";
import { buildConnection } from "./build-connection.ts";
import { baseTime, rawRegistered } from "./build-event.ts";
import { createInMemoryAlerting } from "./in-memory-alerting.ts";
import { createIngestHarness, type IngestSurroundings } from "./ingest-harness.ts";

/** A registration on a server of this name. */
export const about = (ServerName: string, changes: object = {}) =>
  rawRegistered({ ServerName, ...changes });
/** Registrations on the servers of these numbers. */
export const named = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => about(`S${from + index}`));
/** Ingest where an application may have three servers. */
export const setUp = (surroundings: IngestSurroundings = {}) => {
  const harness = createIngestHarness({ serversPerKey: 3, ...surroundings });
  const { store } = harness;
  const outcomesOf = async (body: unknown) => {
    const { body: answer } = await harness.post(body);
    return Object(answer).results.map(({ outcome }: { outcome: string }) => outcome);
  };
  const retire = (server: string) => {
    const connection = buildConnection({ server, revision: 1, retiredAt: baseTime + 1 });
    store.connections.set(JSON.stringify([server, "bridge-a"]), connection);
  };
  const servers = () => [...store.connections.values()].map(({ server }) => server);
  return { ...harness, outcomesOf, retire, servers };
};
/** Ports that count the calls which claim places. */
export const counted = () => {
  const alerting = createInMemoryAlerting();
  const readNames = vi.fn(alerting.readNames);
  const claimName = vi.fn(alerting.claimName);
  const readAllConnections = vi.fn(alerting.readAllConnections);
  const ports = { ...alerting, readNames, claimName, readAllConnections };
  const calls = () =>
    [readNames, claimName, readAllConnections].map(({ mock }) => mock.calls.length);
  return { ports, calls };
};
