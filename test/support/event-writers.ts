import { addressTypes } from "../../lambda/domain/event/t-library.ts";
import { formatTime } from "../../lambda/domain/time.ts";

/** What an event says, free of any spelling. Time in microseconds. */
export type PlainEvent = {
  event: "EventRegistered" | "EventUnregistered";
  server: string;
  thisDN: string;
  time: number;
  referenceID: number | undefined;
  addressType: string | undefined;
  agentID: string | undefined;
  customerID: string | undefined;
  errorCode: number | undefined;
  errorMessage: string | undefined;
  extensions: object | undefined;
  sequenceNumber: number | undefined;
  serverStartTime: number | undefined;
};

/** Writes an event in one spelling. The server name is left to the form, see `bodyWriters`. */
export type WriteEvent = (event: PlainEvent) => Record<string, unknown>;

const secondMicros = 1_000_000;
const secondsOf = (time: number): number => Math.floor(time / secondMicros);
const microsOf = (time: number): number => time % secondMicros;
const numberOfEvent = { EventRegistered: 53, EventUnregistered: 54 } as const;
const numberOfType = (name: string | undefined): number | undefined =>
  [...addressTypes].find(([, known]) => known === name)?.[0];
const asText = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : String(value);
const infoTypeOf = <Value>({ event }: PlainEvent, value: Value): Value | undefined =>
  event === "EventRegistered" ? value : undefined;

const writeReference: WriteEvent = (event) => ({
  Event: event.event,
  Server: 65_200,
  ThisDN: event.thisDN,
  time: { sec: secondsOf(event.time), usec: microsOf(event.time) },
  ReferenceID: event.referenceID,
  InfoType: infoTypeOf(event, "AddressInfoAddressType"),
  InfoStatus: event.addressType && { AddressType: event.addressType },
  Extensions: event.extensions,
  AgentID: event.agentID,
  CustomerID: event.customerID,
  ErrorCode: event.errorCode,
  ErrorMessage: event.errorMessage,
  EventSequenceNumber: event.sequenceNumber,
  ServerStartTime: event.serverStartTime,
});

const writeNumbers: WriteEvent = (event) => {
  const { time: _, InfoStatus: __, ...rest } = writeReference(event);
  return {
    ...rest,
    Event: numberOfEvent[event.event],
    TimeinSecs: secondsOf(event.time),
    TimeinuSecs: microsOf(event.time),
    InfoType: infoTypeOf(event, 8),
    "InfoStatus.AddressType": numberOfType(event.addressType),
  };
};

// A naive bridge writes zero, null or nothing at all for what is absent.
const writeNaive: WriteEvent = (event) => ({
  ...writeReference(event),
  AgentID: event.agentID ?? "",
  CustomerID: event.customerID ?? null,
  ErrorMessage: event.errorMessage ?? "",
  ...(event.event === "EventUnregistered" && {
    ReferenceID: event.referenceID ?? 0,
    ErrorCode: event.errorCode ?? 0,
  }),
});

const writePlatformSdk: WriteEvent = (event) => ({
  messageName: event.event,
  server: 65_200,
  thisDN: event.thisDN,
  time: formatTime(event.time),
  referenceID: event.referenceID,
  addressInfoType: infoTypeOf(event, "AddressType"),
  addressInfoStatus: event.addressType?.replace("AddressType", ""),
  extensions: event.extensions,
  agentID: event.agentID,
  customerID: event.customerID,
  errorCode: event.errorCode,
  errorMessage: event.errorMessage,
  eventSequenceNumber: event.sequenceNumber,
  serverStartTime: event.serverStartTime,
});

const writeTLibrary: WriteEvent = (event) => ({
  AttributeEventName: event.event,
  AttributeServer: "65200",
  AttributeThisDN: event.thisDN,
  AttributeTimeinSecs: asText(secondsOf(event.time)),
  AttributeTimeinuSecs: asText(microsOf(event.time)),
  AttributeReferenceID: asText(event.referenceID),
  AttributeAddressInfoType: infoTypeOf(event, "8"),
  AttributeAddressInfoStatus: asText(numberOfType(event.addressType)),
  AttributeExtensions: event.extensions,
  AttributeAgentID: event.agentID,
  AttributeCustomerID: event.customerID,
  AttributeErrorCode: asText(event.errorCode),
  AttributeErrorMessage: event.errorMessage,
  AttributeEventSequenceNumber: asText(event.sequenceNumber),
  AttributeServerStartTime: asText(event.serverStartTime),
});

/** Every spelling of an event, by name. */
export const eventWriters: ReadonlyMap<string, WriteEvent> = new Map([
  ["the reference's names", writeReference],
  ["the reference's names with numbers", writeNumbers],
  ["the reference's names, naively", writeNaive],
  ["the Platform SDK's JSON", writePlatformSdk],
  ["T-Library's names", writeTLibrary],
]);

/** A body and its media type. */
export type WrittenBody = { contentType: string; text: string };

const toJson = (value: unknown): WrittenBody => ({
  contentType: "application/json; charset=utf-8",
  text: JSON.stringify(value),
});
const toCloudEvent = (event: object, server: string) => ({
  specversion: "1.0",
  id: "A-1",
  source: encodeURIComponent(server),
  type: "com.genesys.t-server",
  data: event,
});

/** Every form of a body around one written event, by name. Each contains the server name where its form has it. */
export const bodyWriters: ReadonlyMap<
  string,
  (event: Record<string, unknown>, server: string) => WrittenBody
> = new Map([
  ["one event", (event, server) => toJson({ ...event, ServerName: server })],
  [
    "a name as Server",
    (event, server) => toJson({ ...event, Server: server, server: null, AttributeServer: null }),
  ],
  ["an array", (event, server) => toJson([{ ...event, serverName: server }])],
  ["an envelope", (event, server) => toJson({ serverName: server, events: [event] })],
  [
    "NDJSON",
    (event, server) => ({
      contentType: "application/x-ndjson",
      text: `\n${JSON.stringify({ ...event, AttributeServerName: server })}\r\n`,
    }),
  ],
  [
    "a CloudEvent",
    (event, server) => ({
      ...toJson(toCloudEvent(event, server)),
      contentType: "application/cloudevents+json",
    }),
  ],
  [
    "a batch of CloudEvents",
    (event, server) => ({
      ...toJson([toCloudEvent(event, server)]),
      contentType: "application/cloudevents-batch+json",
    }),
  ],
]);
