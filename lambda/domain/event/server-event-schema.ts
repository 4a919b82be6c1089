import * as v from "valibot";
import { occurrenceNames } from "./connection-event.ts";
import { attributes, EventUnregisteredSchema } from "./event-schema.ts";

const { Server, ServerName, time, ReferenceID, CustomerID, ErrorCode, ErrorMessage } =
  EventUnregisteredSchema.entries;
const { EventSequenceNumber, ServerStartTime } = EventUnregisteredSchema.entries;
const common = { Server, ServerName, time, EventSequenceNumber, ServerStartTime };
const why = { ReferenceID, CustomerID, ErrorCode, ErrorMessage };

/** An event about a connection or link: when, of which T-Server, and its number there. Everything else in it is ignored. */
export const ServerEventSchema = v.object({
  Event: v.pipe(attributes.Event.schema, v.picklist(occurrenceNames)),
  ...common,
});

/** EventUnregisteredAll: all registrations of the application are cancelled, for the same reasons as in an EventUnregistered. */
export const EventUnregisteredAllSchema = v.object({
  Event: v.pipe(attributes.Event.schema, v.literal("EventUnregisteredAll")),
  ...common,
  ...why,
});

/** EventError: a request was refused; one with ThisDN may be a registration. */
export const EventErrorSchema = v.object({
  Event: v.pipe(attributes.Event.schema, v.literal("EventError")),
  ThisDN: attributes.ThisDN.schema,
  ...common,
  ...why,
});

/** The events about a connection. */
export type ServerEvent =
  | v.InferOutput<typeof ServerEventSchema>
  | v.InferOutput<typeof EventUnregisteredAllSchema>;
export type ErrorEvent = v.InferOutput<typeof EventErrorSchema>;
