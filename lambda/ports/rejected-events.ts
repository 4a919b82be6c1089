import type { RejectedEvent } from "../domain/request/rejected-event.ts";

/** Keeps events that were refused, for operations. */
export type KeepRejected = (events: readonly RejectedEvent[]) => Promise<void>;
