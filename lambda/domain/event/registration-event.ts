import * as v from "valibot";
import type { KnownEvent } from "./event-schema.ts";

// Not a record: valibot drops members called `constructor` and the like from a record.
const anyObject = v.custom<object>((value) => typeof value === "object" && value !== null);

/** One event about one application's registration for one DN, checked, under our own names. Times in microseconds since 1970. */
export const RegistrationEventSchema = v.object({
  id: v.string(),
  /** By the T-Server's clock, or by ours where an operator retired the registration. */
  time: v.number(),
  sequenceNumber: v.optional(v.number()),
  referenceID: v.optional(v.number()),
  addressType: v.optional(v.string()),
  agentID: v.optional(v.string()),
  customerID: v.optional(v.string()),
  errorCode: v.optional(v.number()),
  errorMessage: v.optional(v.string()),
  /**
   * What an EventUnregistered that no T-Server sent was derived from; its time is that of the reconnect, disconnect or
   * EventError.
   */
  derived: v.optional(v.picklist(["reconnect", "disconnect", "refused"])),
  /** The start, by the bridge's clock, of the session in which an EventRegistered came. */
  session: v.optional(v.number()),
  /** `Retired`: an operator said that the registration is gone for good. No T-Server sends that. */
  event: v.picklist(["EventRegistered", "EventUnregistered", "Retired"]),
  server: v.string(),
  application: v.string(),
  thisDN: v.string(),
  extensions: v.optional(anyObject),
  /** What the caller sent beside the attributes that we know. */
  other: v.optional(anyObject),
});
export type RegistrationEvent = v.InferOutput<typeof RegistrationEventSchema>;

/** What an event does not say itself. */
type FromElsewhere = "id" | "derived" | "session" | "server" | "application" | "other";

/**
 * What an event says, under our own names: every member of a RegistrationEvent, absent ones too, so that the compiler
 * notices a forgotten one.
 */
export const contentOf = (known: KnownEvent): Required<Omit<RegistrationEvent, FromElsewhere>> => {
  const registered = known.Event === "EventRegistered" ? known : undefined;
  const unregistered = known.Event === "EventUnregistered" ? known : undefined;
  return {
    event: known.Event,
    thisDN: known.ThisDN,
    time: known.time,
    sequenceNumber: known.EventSequenceNumber,
    referenceID: known.ReferenceID,
    addressType: registered?.["InfoStatus.AddressType"],
    agentID: registered?.AgentID,
    customerID: known.CustomerID,
    errorCode: unregistered?.ErrorCode,
    errorMessage: unregistered?.ErrorMessage,
    extensions: known.Extensions,
  };
};
