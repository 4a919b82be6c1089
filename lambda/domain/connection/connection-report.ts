import type { ConnectionEvent } from "../event/connection-event.ts";
import type { Connection, ConnectionKey } from "./connection.ts";

/**
 * How well a bridge gets through: `sound`, a heartbeat or an event that was taken; `heard`, nothing that tells. Otherwise why
 * it does not: its clock is off (then nothing it says is verified), or all its events are rejected.
 */
export type Health =
  | { kind: "sound" }
  | { kind: "heard" }
  | { kind: NonNullable<Connection["blind"]>["cause"]; detail: string };

/** What one request tells of a bridge's connection to one T-Server. Times in microseconds; `at` by our clock. */
export type ConnectionReport = ConnectionKey & {
  at: number;
  health: Health;
  /** It says something by itself, so that its silence means something. */
  isHeartbeat: boolean;
  isClosing: boolean;
  session: { id: string; startedAt: number } | undefined;
  /** How many DNs it says that it holds. */
  registered: number | undefined;
  /** The T-Server's time of the newest EventRegistered. */
  registeredAt: number | undefined;
  events: readonly ConnectionEvent[];
};

/** A report that tells how a bridge gets through, and nothing else. */
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
});

/** Whether a request may make a connection known that was not: one that does not get through may not. */
export const isGettingThrough = ({ kind }: Health): boolean => kind === "sound" || kind === "heard";
