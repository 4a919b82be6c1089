import { type BridgeKey, mayName } from "../../domain/access/bridge-key.ts";
import { type ReadEvent, readEvent } from "../../domain/event/read-event.ts";
import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import { notAllowed, type ServerRefusal } from "../../domain/event/server-refusal.ts";
import { type Body, openers } from "../../domain/request/body.ts";
import type { Entry } from "../../domain/request/entry.ts";
import { serverNameOf } from "../../domain/request/envelope.ts";
import { formatTime } from "../../domain/time.ts";
import type { AdmitServers } from "./admit-servers.ts";
import { withClockStep } from "./clock-step.ts";
import type { ReadRequest } from "./connection-reports.ts";
import type { IngestPorts } from "./ingest-ports.ts";
import type { MeasureServers } from "./measure-servers.ts";
import type { Noted, RecordConnections } from "./record-connections.ts";
import { type Read, type RecordReads, recordedOf } from "./record-reads.ts";
import type { ReportTrouble } from "./report-trouble.ts";
import { type EventResult, type Settled, toRejected, toResult } from "./result.ts";

/** A verified request: its media type without parameters, its text, and the key that signed it. */
export type IngestRequest = {
  mediaType: string;
  text: string;
  key: BridgeKey;
  requestId: string;
};

type Refused = { kind: "unsupported-media-type" } | Exclude<Body, { kind: "entries" }>;

/**
 * The outcome of a request. `events` are those that were recorded of servers with metrics of their own. A heartbeat
 * about a server that its key may not name is refused as a whole.
 */
export type IngestOutcome =
  | { kind: "results"; results: EventResult[]; events: RegistrationEvent[] }
  | { kind: ServerRefusal["code"]; detail: string }
  | Refused;

/** Handles a verified request. Throws when a dependency fails: then the only honest answer is "later". */
export type Ingest = (request: IngestRequest) => Promise<IngestOutcome>;

// The outcome of an event about a connection; of several that are the same, the first. And what an event says about
// its T-Server's clock.
const withNoted = (settled: readonly Settled[], { outcomes, steps }: Noted) => {
  const left = new Map(outcomes);
  return settled.map((given): Settled => {
    const one = withClockStep(given, steps);
    if (one.read.kind !== "connection") return one;
    const { id } = one.read.event;
    const outcome = left.get(id) ?? "duplicate";
    left.delete(id);
    return { ...one, outcome };
  });
};

/**
 * Builds the main job: opens the body, reads each event, sees which servers the key may name, records the valid events,
 * keeps the rejected ones, and only then records what the request says about the bridge's connections. `now` in
 * microseconds.
 */
export const createIngest = (
  { keepRejected, hash, now }: Pick<IngestPorts, "keepRejected" | "hash" | "now">,
  parts: {
    admitServers: AdmitServers;
    recordReads: RecordReads;
    recordConnections: RecordConnections;
    measureServers: MeasureServers;
    reportTrouble: ReportTrouble;
  },
): Ingest => {
  const { admitServers, recordReads, recordConnections, measureServers, reportTrouble } = parts;

  const readEntry = (
    entry: Entry,
    { envelope, key, at, refused }: Omit<ReadRequest, "reads">,
  ): ReadEvent =>
    entry.kind === "refused"
      ? { kind: "rejected", problems: [entry.problem] }
      : readEvent(entry.value, entry.pointer, {
          application: key.name,
          keyServerName: key.serverName,
          requestServerName: entry.serverName,
          session: envelope.session && { ...envelope.session, server: serverNameOf(envelope) },
          kept: entry.kept,
          refusalOf: (server) => (mayName(key, server) ? refused?.get(server) : notAllowed),
          now: at,
          hash,
        });

  const readAll = (entries: readonly Entry[], request: Omit<ReadRequest, "reads">): Read[] =>
    entries.map((entry) => ({ entry, read: readEntry(entry, request) }));

  const refuse = async (refused: Refused, key: BridgeKey): Promise<Refused> => {
    await reportTrouble(key, { kind: "rejected", detail: refused.kind });
    return refused;
  };

  return async ({ mediaType, text, key, requestId }) => {
    const at = now();
    const open = openers.get(mediaType);
    if (open === undefined) return refuse({ kind: "unsupported-media-type" }, key);
    const body = open(text, at);
    if (body.kind !== "entries") return refuse(body, key);
    const { entries, envelope } = body;
    const asked = { envelope, key, at };
    const read = readAll(entries, asked);
    const refused = await admitServers({ ...asked, reads: read.map((one) => one.read) });
    const [refusal] = refused.values();
    if (refusal !== undefined && entries.length === 0) {
      return { kind: refusal.code, detail: refusal.detail };
    }
    const request = { ...asked, refused };
    const reads = refusal === undefined ? read : readAll(entries, request);
    const recorded = await recordReads(reads, request);
    const receipt = { key, requestId, receivedAt: formatTime(now()) };
    await keepRejected(recorded.flatMap((one) => toRejected(one, receipt)));
    const [noted, measured] = await Promise.all([
      recordConnections({ ...request, reads: recorded.map((one) => one.read) }),
      measureServers(recordedOf(recorded)),
    ]);
    const settled = withNoted(recorded, noted);
    const events = recordedOf(settled).filter(({ server }) => measured.has(server));
    return { kind: "results", results: settled.map(toResult), events };
  };
};
