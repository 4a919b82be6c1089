import {
  bareReport,
  type ConnectionReport,
} from "../../lambda/domain/connection/connection-report.ts";
import type { ConnectionEvent } from "../../lambda/domain/event/connection-event.ts";
import { baseTime } from "./build-event.ts";

/** What a request of bridge-a for SIPTS750 says, at `baseTime`, with what the test changes. */
export const buildReport = (changes: Partial<ConnectionReport> = {}): ConnectionReport => ({
  ...bareReport({ server: "SIPTS750", application: "bridge-a" }, baseTime, { kind: "sound" }),
  ...changes,
});

/** A checked event about the connection of bridge-a to SIPTS750. */
export const connectionEvent = (
  event: ConnectionEvent["event"],
  time = baseTime,
  changes: Partial<ConnectionEvent> = {},
): ConnectionEvent => ({
  id: `${event}|${time}|${changes.referenceID ?? ""}`,
  event,
  server: "SIPTS750",
  application: "bridge-a",
  time,
  ...changes,
});
