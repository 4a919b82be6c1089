import type { RejectedEvent } from "../domain/request/rejected-event.ts";

/** Keeps refused events for operations. */
export type KeepRejected = (events: readonly RejectedEvent[]) => Promise<void>;
