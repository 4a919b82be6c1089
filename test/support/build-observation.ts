import type { ConnectionEvent } from "../../lambda/domain/event/connection-event.ts";
import { bareObservation, type Observation } from "../../lambda/domain/watching/observation.ts";
import { baseTime } from "./build-event.ts";

/** What a request of bridge-a for SIPTS750 tells, at `baseTime`, with what the test changes. */
export const observation = (changes: Partial<Observation> = {}): Observation => ({
  ...bareObservation({ server: "SIPTS750", application: "bridge-a" }, baseTime, { kind: "sound" }),
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
