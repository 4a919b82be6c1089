import type { BridgeKey } from "../../domain/access/bridge-key.ts";
import type { ConnectionReport, Health } from "../../domain/connection/connection-report.ts";
import type { ReadEvent } from "../../domain/event/read-event.ts";
import type { ServerRefusal } from "../../domain/event/server-refusal.ts";
import { type Envelope, serverNameOf } from "../../domain/request/envelope.ts";

/**
 * A verified request with its events read. `at` by our clock, in microseconds. `refused`: servers that its key may not
 * name.
 */
export type ReadRequest = {
  reads: readonly ReadEvent[];
  envelope: Envelope;
  key: BridgeKey;
  at: number;
  refused?: ReadonlyMap<string, ServerRefusal>;
};

type Taken = Extract<ReadEvent, { event: object }>;
const isTaken = (read: ReadEvent): read is Taken => "event" in read;

const commonest = (codes: readonly string[]): string => {
  const groups = [...Map.groupBy(codes, (code) => code)];
  const [first] = groups.sort(([, a], [, b]) => b.length - a.length);
  return String(first?.[0]);
};

/** How a bridge gets through, as one request shows. */
export const healthOf = (reads: readonly ReadEvent[]): Health => {
  if (reads.length === 0 || reads.some(isTaken)) return { kind: "sound" };
  const problems = reads.flatMap((read) => (read.kind === "rejected" ? read.problems : []));
  return reads.every(({ kind }) => kind === "rejected")
    ? { kind: "rejected", detail: commonest(problems.map(({ code }) => code)) }
    : { kind: "heard" };
};

// In an envelope that names one server, an event of another server came over another connection.
const saidOf = (server: string, envelope: Envelope): Partial<Envelope> => {
  const named = serverNameOf(envelope);
  return named === undefined || named === server ? envelope : {};
};

/** The servers that a request is about, except those that are refused. */
export const serversOf = (request: ReadRequest): Set<string> => {
  const { reads, envelope, key, refused } = request;
  const servers = new Set(reads.filter(isTaken).map(({ event }) => event.server));
  // Where a name was refused, the request was about that one, not about the key's.
  const isNameless = servers.size === 0 && !refused?.size;
  const named = serverNameOf(envelope) ?? (isNameless ? key.serverName : undefined);
  return named === undefined || refused?.has(named) ? servers : servers.add(named);
};

/** What a request says about each connection that it concerns: the servers of its events and the one that it names. */
export const connectionReportsOf = (request: ReadRequest): ConnectionReport[] => {
  const { reads, envelope, key, at } = request;
  const health = healthOf(reads);
  const taken = reads.filter(isTaken);
  return [...serversOf(request)].map((server) => {
    const { session, registered, closing = false } = saidOf(server, envelope);
    const registrations = taken.filter(
      ({ event }) => event.event === "EventRegistered" && event.server === server,
    );
    return {
      server,
      application: key.name,
      at,
      keyId: key.id,
      health,
      isHeartbeat: reads.length === 0 || session !== undefined || registered !== undefined,
      isClosing: closing,
      session,
      registered,
      registeredAt: registrations.reduce(
        (newest: number | undefined, { event }) => Math.max(newest ?? 0, event.time),
        undefined,
      ),
      events: taken.flatMap((read) =>
        read.kind === "connection" && read.event.server === server ? [read.event] : [],
      ),
      numbered: taken.flatMap(({ event, numbered }) =>
        event.server === server ? (numbered ?? []) : [],
      ),
    };
  });
};
