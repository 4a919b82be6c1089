import type { Alert } from "./alert.ts";
import type { EvaluationRequest } from "./evaluation-message.ts";
import type { AlertKey, Loss, LossKey } from "./loss.ts";
import type { MaintenanceWindow } from "./maintenance-window.ts";

/** Writes on condition that the stored revision is the one before. `conflict`: read again. */
export type WriteRevision<Item> = (item: Item) => Promise<"written" | "conflict">;

/** Reads losses, consistently; keys that have none are left out. Keys are distinct. */
export type ReadLosses = (keys: readonly LossKey[]) => Promise<Loss[]>;
export type WriteLoss = WriteRevision<Loss>;

/** Reads all losses of a DN, consistently, in no order. */
export type ReadLossesOfDn = (thisDN: string) => Promise<Loss[]>;

/** A part of a list, and where the next part begins; absent at the end. */
export type Part<Item> = { items: Item[]; next: string | undefined };

/**
 * Reads members of an alert, those that are missing or all (the missing ones first: a member that comes back in between is
 * seen twice rather than never), eventually consistent.
 */
export type ReadMembers = (
  alertId: string,
  range: { missing: boolean; limit: number; from?: string | undefined },
) => Promise<Part<LossKey>>;

/** Reads held losses, of one server or of all, eventually consistent. */
export type ReadHeld = (range: {
  server: string | undefined;
  limit: number;
  from?: string | undefined;
}) => Promise<Part<LossKey>>;

/** Reads the newest alert about something, consistently. */
export type ReadLatestAlert = (subject: string) => Promise<Alert | undefined>;
/** Reads one alert, consistently. */
export type ReadAlert = (key: AlertKey) => Promise<Alert | undefined>;
/** Reads an alert by the id that its messages carry, eventually consistent. */
export type ReadAlertById = (alertId: string) => Promise<Alert | undefined>;
export type WriteAlert = WriteRevision<Alert>;

/** Reads alerts whose time has come, the longest overdue first. `now` in microseconds. */
export type ReadDueAlerts = (now: number, limit: number) => Promise<AlertKey[]>;

/** Which alerts to list, newest opening first; `beyond` is the sort key of the last one seen. */
export type AlertRange = {
  status: Alert["status"];
  server: string | undefined;
  beyond: string | undefined;
  limit: number;
};
/** Reads a list of alerts, eventually consistent, each with its place in the list. */
export type ListAlerts = (range: AlertRange) => Promise<{ alert: Alert; place: string }[]>;

/** Reads the maintenance windows that have not ended before a time (microseconds), consistently, the soonest to end first. */
export type ReadWindows = (endsAfter: number) => Promise<MaintenanceWindow[]>;
export type PutWindow = (window: MaintenanceWindow) => Promise<void>;
/** Removes a window; false when there is none of this id. */
export type DeleteWindow = (id: string) => Promise<boolean>;

/** Hands over to the evaluator. Throws when not all were taken: all may be handed over again. */
export type RequestEvaluation = (requests: readonly EvaluationRequest[]) => Promise<void>;
