import type { ListState } from "./reading/list-key.ts";
import type { RejectedEvent } from "./request/rejected-event.ts";
import type { HistoryRow } from "./status/history-row.ts";
import type { RegistrationStatus, StatusKey } from "./status/registration-status.ts";
import type { Message } from "./telling/cloud-event.ts";

/** Reads statuses, consistently; keys that have none are left out. Keys are distinct. */
export type ReadStatuses = (keys: readonly StatusKey[]) => Promise<RegistrationStatus[]>;

/** Reads all statuses of a DN, one for each server, consistently. */
export type ReadStatusesOfDn = (thisDN: string) => Promise<RegistrationStatus[]>;

/**
 * Writes a status if the stored revision is the one before it. `conflict`: somebody else wrote first, read again.
 * `refused`: the store will never take this item; sending it again is pointless.
 */
export type WriteStatus = (
  status: RegistrationStatus,
) => Promise<"written" | "conflict" | "refused">;

/** Writes history rows whether they are there or not. Gives the ids of those that the store will never take. */
export type WriteHistory = (rows: readonly HistoryRow[]) => Promise<Set<string>>;

/** Adds a history row unless it is there. */
export type AddToHistory = (row: HistoryRow) => Promise<"added" | "present" | "refused">;

/** Keeps events that were refused, for operations. */
export type KeepRejected = (events: readonly RejectedEvent[]) => Promise<void>;

/** Which topic a message goes to. */
export type Topic = "changes" | "alerts";

/** What became of one message: `refused` is final, `failed` may go through later. */
export type Publication =
  | { kind: "published" }
  | { kind: "refused"; detail: string }
  | { kind: "failed"; detail: string };

/** Publishes up to ten messages; answers for each, in their order. */
export type Publish = (topic: Topic, messages: readonly Message[]) => Promise<Publication[]>;

/** A position in a list: the sort key of the index, and what it points to. */
export type ListEntry = StatusKey & { changedKey: string };

/** One shard of a list, from where, and in which order. */
export type ListRange = {
  state: ListState;
  shard: number;
  server: string | undefined;
  newestFirst: boolean;
  /** Sort keys strictly beyond this one, in the list's order; absent: from its start. */
  beyond: string | undefined;
  limit: number;
};

/** Reads one shard of a list in its order. */
export type ReadList = (range: ListRange) => Promise<ListEntry[]>;

/** Which part of a DN's history to read; both keys are inclusive. */
export type HistoryRange = {
  thisDN: string;
  from: string;
  to: string;
  server: string | undefined;
  application: string | undefined;
  limit: number;
};

/** Reads a DN's history, newest first. Fewer rows than the limit: there are no more. */
export type ReadHistory = (range: HistoryRange) => Promise<HistoryRow[]>;

/** Writes a line of the log: identifiers and outcomes, never bodies, headers, signatures or Extensions. */
export type Log = (
  level: "info" | "warn" | "error",
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

/** One figure for dashboard and alarms; one with a server is kept for each server. */
export type Figure = { name: string; value: number; unit: "Count" | "Seconds"; server?: string };

/** Hands figures to the monitoring. */
export type EmitFigures = (figures: readonly Figure[]) => void;
