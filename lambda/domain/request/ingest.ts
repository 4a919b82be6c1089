import type { Hash } from "../event/event-id.ts";
import { type ReadEvent, readEvent } from "../event/read-event.ts";
import type { RegistrationEvent } from "../event/registration-event.ts";
import { isServerName } from "../event/server-name.ts";
import { formatTime } from "../event-time.ts";
import type { KeepRejected } from "../ports.ts";
import type { Problem } from "../problem.ts";
import type { RecordEvents } from "../status/record-events.ts";
import { type Body, openers } from "./body.ts";
import type { BridgeKey } from "./bridge-key.ts";
import type { Entry } from "./entry.ts";
import type { RejectedEvent } from "./rejected-event.ts";

/** What became of one event of a request, as the bridge gets it. The id is null where the event could not be read. */
export type Result = {
  index: number;
  id: string | null;
  outcome: "applied" | "duplicate" | "outdated" | "ignored" | "rejected";
  problems?: Problem[];
  warnings?: Problem[];
};

/** A verified request: its media type without parameters, its text, and whose it is. */
export type IngestRequest = {
  mediaType: string;
  text: string;
  key: BridgeKey;
  requestId: string;
};

/** What became of a request. `events` are those that were read, for figures. */
export type IngestOutcome =
  | { kind: "results"; results: Result[]; events: RegistrationEvent[] }
  | { kind: "unsupported-media-type" }
  | Exclude<Body, { kind: "entries" }>;

/** Takes a verified request. Throws when a dependency fails: then nothing may be answered but "later". */
export type Ingest = (request: IngestRequest) => Promise<IngestOutcome>;

type Read = { entry: Entry; read: ReadEvent };

const storeRefused = (pointer: string): ReadEvent => {
  const detail = "the store will never take this event as it is";
  return { kind: "rejected", problems: [{ pointer, code: "store-refused", detail }] };
};

const toResult = (index: number, { read }: Read, outcome: Result["outcome"]): Result => {
  switch (read.kind) {
    case "ignored":
      return { index, id: null, outcome: "ignored" };
    case "rejected":
      return { index, id: null, outcome: "rejected", problems: read.problems };
    case "event": {
      const { id } = read.event;
      return read.warnings.length === 0
        ? { index, id, outcome }
        : { index, id, outcome, warnings: read.warnings };
    }
  }
};

const toRejected = (
  { entry, read }: Read,
  request: IngestRequest,
  receivedAt: string,
): RejectedEvent[] =>
  read.kind !== "rejected"
    ? []
    : [
        {
          receivedAt,
          application: request.key.name,
          keyId: request.key.id,
          requestId: request.requestId,
          ...(isServerName(entry.serverName?.value) ? { serverName: entry.serverName.value } : {}),
          pointer: entry.pointer,
          event: entry.text,
          problems: read.problems,
        },
      ];

/** Builds the main job: opens the body, reads each event, records the good ones, keeps the bad ones. `now` in microseconds. */
export const createIngest = (dependencies: {
  recordEvents: RecordEvents;
  keepRejected: KeepRejected;
  hash: Hash;
  now: () => number;
}): Ingest => {
  const { recordEvents, keepRejected, hash, now } = dependencies;

  const readEntry = (entry: Entry, key: BridgeKey): ReadEvent =>
    entry.kind === "refused"
      ? { kind: "rejected", problems: [entry.problem] }
      : readEvent(entry.value, entry.pointer, {
          application: key.name,
          keyServerName: key.serverName,
          requestServerName: entry.serverName,
          kept: entry.kept,
          now: now(),
          hash,
        });

  return async (request) => {
    const open = openers.get(request.mediaType);
    if (open === undefined) return { kind: "unsupported-media-type" };
    const body = open(request.text);
    if (body.kind !== "entries") return body;
    const reads = body.entries.map((entry) => ({ entry, read: readEntry(entry, request.key) }));
    const events = reads.flatMap(({ read }) => (read.kind === "event" ? [read.event] : []));
    const outcomes = (await recordEvents(events, request.key.id)).values();
    const settled = reads.map((one) => {
      const outcome = one.read.kind === "event" ? outcomes.next().value : undefined;
      return outcome === "refused"
        ? { ...one, read: storeRefused(one.entry.pointer), outcome: "rejected" as const }
        : { ...one, outcome: outcome ?? ("rejected" as const) };
    });
    const receivedAt = formatTime(now());
    await keepRejected(settled.flatMap((one) => toRejected(one, request, receivedAt)));
    return {
      kind: "results",
      results: settled.map((one, index) => toResult(index, one, one.outcome)),
      events,
    };
  };
};
