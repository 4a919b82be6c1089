import type { BridgeKey } from "../../domain/access/bridge-key.ts";
import type { ReadEvent } from "../../domain/event/read-event.ts";
import { isServerName } from "../../domain/event/server-name.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Entry } from "../../domain/request/entry.ts";
import type { RejectedEvent } from "../../domain/request/rejected-event.ts";

/**
 * The outcome of one event of a request, as the bridge gets it. The id is null where the event could not be read, or
 * means nothing to us.
 */
export type EventResult = {
  index: number;
  id: string | null;
  outcome: "applied" | "duplicate" | "outdated" | "ignored" | "rejected";
  problems?: Problem[];
  warnings?: Problem[];
};

/** An entry of a request with what was read of it, and its outcome. */
export type Settled = { entry: Entry; read: ReadEvent; outcome: EventResult["outcome"] };

/** An event that the store will never take, as rejected. */
export const storeRefused = (entry: Entry): Settled => {
  const { pointer } = entry;
  const detail = "the store will never take this event as it is";
  const problems = [{ pointer, code: "store-refused", detail }];
  return { entry, read: { kind: "rejected", problems }, outcome: "rejected" };
};

/** What the bridge is answered about an event. */
export const toResult = ({ read, outcome }: Settled, index: number): EventResult => {
  if (read.kind === "rejected") return { index, id: null, outcome, problems: read.problems };
  if (read.kind === "ignored") return { index, id: null, outcome };
  const { event, warnings } = read;
  const id = outcome === "ignored" ? null : event.id;
  return warnings.length === 0 ? { index, id, outcome } : { index, id, outcome, warnings };
};

/** The key that signed a request, and when the request came (ISO 8601). */
export type Receipt = { key: BridgeKey; requestId: string; receivedAt: string };

/** What is kept of an event for operations: everything where it was rejected, else nothing. */
export const toRejected = (
  { entry, read }: Settled,
  { key, requestId, receivedAt }: Receipt,
): RejectedEvent[] => {
  if (read.kind !== "rejected") return [];
  const { pointer, text: event } = entry;
  const name = entry.serverName?.value;
  const serverName = isServerName(name) ? { serverName: name } : {};
  const { id: keyId, name: application } = key;
  const origin = { receivedAt, application, keyId, requestId, ...serverName };
  return [{ ...origin, pointer, event, problems: read.problems }];
};
