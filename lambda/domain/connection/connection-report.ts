import type { ConnectionEvent } from "../event/connection-event.ts";
import type { NumberedEvent } from "../event/numbered-event.ts";
import type { ConnectionKey } from "./connection.ts";
import type { RequestMemory } from "./request-memory.ts";
import type { ClockProgress } from "./server-clock.ts";

/**
 * How well a bridge gets through: `sound`, a heartbeat or an event that was accepted; `heard`, nothing that shows it
 * either way. Otherwise why it does not: its clock is off, as the request with this short id proves (then nothing it
 * says is verified), or all its events are rejected.
 */
export type Health =
  | { kind: "sound" }
  | { kind: "heard" }
  | { kind: "clock"; detail: string; id: string }
  | { kind: "rejected"; detail: string };

/** What one request says about a bridge's connection to one T-Server. Times in microseconds; `at` by our clock. */
export type ConnectionReport = ConnectionKey & {
  at: number;
  /** The id of the key that signed it; absent where that says nothing about the connection. */
  keyId?: string | undefined;
  health: Health;
  /** The bridge reports by itself at intervals, so its silence means something. */
  isHeartbeat: boolean;
  isClosing: boolean;
  session: { id: string; startedAt: number } | undefined;
  /** How many DNs the bridge says that it holds. */
  registered: number | undefined;
  /** The T-Server's time of the newest EventRegistered. */
  registeredAt: number | undefined;
  events: readonly ConnectionEvent[];
  /** The events that the T-Server numbered. */
  numbered: readonly NumberedEvent[];
  /** How far the T-Server's clock has come, and the requests that were taken, as the execution environment knows. */
  serverClock?: ClockProgress | undefined;
  requests?: RequestMemory | undefined;
};

/** A report that only says how a bridge gets through. */
export const bareReport = (
  { server, application }: ConnectionKey,
  at: number,
  health: Health,
): ConnectionReport => ({
  server,
  application,
  at,
  health,
  isHeartbeat: false,
  isClosing: false,
  session: undefined,
  registered: undefined,
  registeredAt: undefined,
  events: [],
  numbered: [],
});

/** Whether a request may create a connection that was unknown: a bridge that does not get through may not. */
export const isGettingThrough = ({ kind }: Health): boolean => kind === "sound" || kind === "heard";
