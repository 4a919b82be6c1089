import * as v from "valibot";
import { anyTime } from "../time-schema.ts";
import { addressTypeSpellings, eventSpellings, infoTypeSpellings } from "./t-library.ts";
import {
  anyInteger,
  enumeration,
  keyValueList,
  message,
  name,
  partOfTime,
  sequenceNumber,
  serverHandle,
  startTime,
  unsigned32,
} from "./value-schemas.ts";

/**
 * The attributes of the reference. `spellings`: every way to write the name (the reference's, the Platform SDK's JSON,
 * T-Library's); the first one is the name in our own messages. `schema`: how the value is read, whatever the event.
 */
export const attributes = {
  Event: {
    spellings: ["Event", "messageName", "AttributeEventName"],
    schema: enumeration(eventSpellings, "must be a T-Library event, by name or number"),
  },
  Server: { spellings: ["Server", "server", "AttributeServer"], schema: serverHandle },
  ServerName: { spellings: ["ServerName", "serverName", "AttributeServerName"], schema: name(128) },
  ThisDN: { spellings: ["ThisDN", "thisDN", "AttributeThisDN"], schema: name(255) },
  time: { spellings: ["time", "AttributeTime"], schema: anyTime },
  TimeinSecs: {
    spellings: ["TimeinSecs", "timeinSecs", "AttributeTimeinSecs"],
    schema: partOfTime,
  },
  TimeinuSecs: {
    spellings: ["TimeinuSecs", "timeinuSecs", "AttributeTimeinuSecs"],
    schema: partOfTime,
  },
  ReferenceID: {
    spellings: ["ReferenceID", "referenceID", "AttributeReferenceID"],
    schema: unsigned32,
  },
  InfoType: {
    spellings: ["InfoType", "addressInfoType", "AttributeAddressInfoType"],
    schema: enumeration(infoTypeSpellings, "must be AddressInfoAddressType (8)"),
  },
  "InfoStatus.AddressType": {
    spellings: [
      "InfoStatus.AddressType",
      "InfoStatus",
      "addressInfoStatus",
      "AttributeAddressInfoStatus",
    ],
    schema: enumeration(addressTypeSpellings, "must be a TAddressType, by name or number"),
  },
  Extensions: {
    spellings: ["Extensions", "extensions", "AttributeExtensions"],
    schema: keyValueList,
  },
  AgentID: { spellings: ["AgentID", "agentID", "AttributeAgentID"], schema: name(128) },
  CustomerID: { spellings: ["CustomerID", "customerID", "AttributeCustomerID"], schema: name(128) },
  ErrorCode: {
    spellings: ["ErrorCode", "errorCode", "AttributeErrorCode"],
    schema: anyInteger,
  },
  ErrorMessage: {
    spellings: ["ErrorMessage", "errorMessage", "AttributeErrorMessage"],
    schema: message,
  },
  EventSequenceNumber: {
    spellings: ["EventSequenceNumber", "eventSequenceNumber", "AttributeEventSequenceNumber"],
    schema: sequenceNumber,
  },
  ServerStartTime: {
    spellings: ["ServerStartTime", "serverStartTime", "AttributeServerStartTime"],
    schema: startTime,
  },
} as const satisfies Record<string, { spellings: readonly string[]; schema: v.GenericSchema }>;

/** The name of an attribute as the reference writes it. */
export type Attribute = keyof typeof attributes;

const common = {
  Server: v.optional(attributes.Server.schema),
  ServerName: v.optional(attributes.ServerName.schema),
  ThisDN: attributes.ThisDN.schema,
  time: attributes.time.schema,
  CustomerID: v.optional(attributes.CustomerID.schema),
  EventSequenceNumber: attributes.EventSequenceNumber.schema,
  ServerStartTime: attributes.ServerStartTime.schema,
};

const zeroIsAbsent = v.transform((value: number) => (value === 0 ? undefined : value));

/**
 * EventRegistered: the application gets the events of ThisDN from now on.
 * Server is mandatory unless the server name is known from elsewhere (server-name.ts).
 */
export const EventRegisteredSchema = v.object({
  Event: v.pipe(attributes.Event.schema, v.literal("EventRegistered")),
  ...common,
  ReferenceID: attributes.ReferenceID.schema,
  InfoType: attributes.InfoType.schema,
  "InfoStatus.AddressType": v.optional(attributes["InfoStatus.AddressType"].schema),
  Extensions: attributes.Extensions.schema,
  AgentID: v.optional(attributes.AgentID.schema),
});
export type EventRegistered = v.InferOutput<typeof EventRegisteredSchema>;

/** EventUnregistered: the application's registration for ThisDN is cancelled. Naive bridges write a zero for "absent". */
export const EventUnregisteredSchema = v.object({
  Event: v.pipe(attributes.Event.schema, v.literal("EventUnregistered")),
  ...common,
  ReferenceID: v.optional(v.pipe(attributes.ReferenceID.schema, zeroIsAbsent)),
  Extensions: v.optional(attributes.Extensions.schema),
  ErrorCode: v.optional(v.pipe(attributes.ErrorCode.schema, zeroIsAbsent)),
  ErrorMessage: v.optional(attributes.ErrorMessage.schema),
});
export type EventUnregistered = v.InferOutput<typeof EventUnregisteredSchema>;

/** The events that change a registration. */
export type KnownEvent = EventRegistered | EventUnregistered;
