import type { Problem } from "../problem.ts";
import type { ConnectionEvent } from "./connection-event.ts";
import { findOrigin, type ReadingContext } from "./event-origin.ts";
import { type NumberedEvent, numberedOf } from "./numbered-event.ts";
import type { RegistrationEvent } from "./registration-event.ts";
import type { ErrorEvent, ServerEvent } from "./server-event-schema.ts";
import type { SpelledEvent } from "./spell-out.ts";

/**
 * An event that does not itself name the state of a registration. `refusal`: the loss that an EventError means if it
 * refuses a registration; whether it does depends on what is known of the DN.
 */
export type CompletedServerEvent =
  | { kind: "connection"; event: ConnectionEvent; warnings: Problem[]; numbered?: NumberedEvent }
  | { kind: "refusal"; event: RegistrationEvent; warnings: Problem[]; numbered?: NumberedEvent }
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

/** Completes a checked event about a connection: finds its server name, compares its time with our clock, gives it an id. */
export const completeServerEvent = (
  known: ServerEvent,
  spelled: Spelled,
  context: ReadingContext,
): CompletedServerEvent => {
  const origin = findOrigin(known, spelled, context);
  if ("code" in origin) return { kind: "rejected", problems: [origin] };
  const { server, warnings } = origin;
  const event = toConnectionEvent(known, server, context);
  return { kind: "connection", event, warnings, ...numberedOf(known, event, spelled) };
};

/**
 * Turns a checked EventError into the loss that it means if it refuses a registration. Its ReferenceID is that of the
 * request and gives no reason.
 */
export const completeError = (
  known: ErrorEvent,
  spelled: Spelled,
  context: ReadingContext,
): CompletedServerEvent => {
  const origin = findOrigin(known, spelled, context);
  if ("code" in origin) return { kind: "rejected", problems: [origin] };
  const { server, warnings } = origin;
  const { application, hash } = context;
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
  return { kind: "refusal", event, warnings, ...numberedOf(known, event, spelled) };
};
