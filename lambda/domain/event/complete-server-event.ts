import type { Problem } from "../problem.ts";
import type { ConnectionEvent } from "./connection-event.ts";
import { findOrigin, type ReadingContext } from "./event-origin.ts";
import type { RegistrationEvent } from "./registration-event.ts";
import type { ErrorEvent, ServerEvent } from "./server-event-schema.ts";
import type { SpelledEvent } from "./spell-out.ts";

/**
 * An event that names no registration's state by itself. `refusal`: what an EventError means if it refuses a registration,
 * which only what is known of the DN can tell.
 */
export type CompletedServerEvent =
  | { kind: "connection"; event: ConnectionEvent; warnings: Problem[] }
  | { kind: "refusal"; event: RegistrationEvent; warnings: Problem[] }
  | { kind: "rejected"; problems: Problem[] };

type Spelled = SpelledEvent & { at: string };

const toConnectionEvent = (
  known: ServerEvent,
  server: string,
  { application, hash }: ReadingContext,
): ConnectionEvent => {
  const { Event: event, time } = known;
  if (known.Event !== "EventUnregisteredAll") {
    const id = hash(JSON.stringify([server, application, event, "", time]));
    return { id, event, server, application, time };
  }
  const { ReferenceID: referenceID, ErrorCode: errorCode, ErrorMessage: errorMessage } = known;
  const id = hash(JSON.stringify([server, application, event, "", time, referenceID ?? null]));
  const why = { referenceID, errorCode, errorMessage, customerID: known.CustomerID };
  return { id, event, server, application, time, ...why };
};

/** Makes a checked event about a connection ours: finds its server name, holds its time against our clock, names it. */
export const completeServerEvent = (
  known: ServerEvent,
  spelled: Spelled,
  reading: ReadingContext,
): CompletedServerEvent => {
  const origin = findOrigin(known, spelled, reading);
  if ("code" in origin) return { kind: "rejected", problems: [origin] };
  const { server, warnings } = origin;
  return { kind: "connection", event: toConnectionEvent(known, server, reading), warnings };
};

/** Makes of a checked EventError the loss that it means if it refuses a registration. Its ReferenceID is the request's, so no reason. */
export const completeError = (
  known: ErrorEvent,
  spelled: Spelled,
  reading: ReadingContext,
): CompletedServerEvent => {
  const origin = findOrigin(known, spelled, reading);
  if ("code" in origin) return { kind: "rejected", problems: [origin] };
  const { server, warnings } = origin;
  const { application, hash } = reading;
  const { ThisDN: thisDN, time, ReferenceID = null } = known;
  const event: RegistrationEvent = {
    id: hash(JSON.stringify([server, application, "EventError", thisDN, time, ReferenceID])),
    event: "EventUnregistered",
    derived: "refused",
    server,
    application,
    thisDN,
    time,
    customerID: known.CustomerID,
    errorCode: known.ErrorCode,
    errorMessage: known.ErrorMessage,
  };
  return { kind: "refusal", event, warnings };
};
