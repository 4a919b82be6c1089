import * as v from "valibot";
import { isCleanText } from "../text.ts";
import { readTime } from "../time.ts";
import type { Attribute } from "./spellings.ts";
import { addressTypeSpellings, eventSpellings, infoTypeSpellings } from "./t-library.ts";

const maxUnsigned32 = 4_294_967_295;

/** Takes decimal text for the number that it writes; anything else stays as it is. */
export const readNumber = (value: unknown): unknown =>
  typeof value === "string" && /^-?\d{1,16}$/.test(value) ? Number(value) : value;

// One check instead of valibot's three: each step of a pipe costs, and an event is half numbers.
const isBetween = (value: number, minimum: number, maximum: number): boolean =>
  Number.isInteger(value) && value >= minimum && value <= maximum;
const integer = (rule: string, minimum: number, maximum: number) =>
  v.pipe(
    v.unknown(),
    v.transform(readNumber),
    v.number(rule),
    v.check((value) => isBetween(value, minimum, maximum), rule),
  );

const name = (maxLength: number) => {
  const rule = `must be a string of 1 to ${maxLength} characters`;
  return v.pipe(
    v.string(rule),
    v.maxLength(maxLength, rule),
    v.check(isCleanText, "must be well-formed Unicode without control characters"),
  );
};

const enumeration = (spellings: ReadonlyMap<unknown, string>, rule: string) =>
  v.pipe(
    v.unknown(),
    v.transform((value) => spellings.get(value)),
    v.string(rule),
  );

const serverRule = "must be an integer, or a string of 1 to 128 characters";
const unsigned = integer("must be an unsigned 32-bit integer", 0, maxUnsigned32);
const eventTime = v.pipe(
  v.unknown(),
  v.transform(readTime),
  v.number(
    'must be {"sec": seconds, "usec": microseconds} since 1970, or ISO 8601 with offset or Z',
  ),
);
const keyValueList = v.custom<object>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "must be an object",
);
const zeroIsAbsent = (value: number): number | undefined => (value === 0 ? undefined : value);

// Event identification is a help, not a duty: where it cannot be read, the event goes without it. Zero means "absent".
const readSequenceNumber = (value: unknown): number | undefined => {
  const number = readNumber(value);
  return typeof number === "number" && isBetween(number, 1, maxUnsigned32) ? number : undefined;
};
const readStartTime = (value: unknown): number | string | undefined => {
  const start = readNumber(value);
  return typeof start === "string" || (typeof start === "number" && start !== 0)
    ? start
    : undefined;
};

/** How each attribute of the reference is read, whatever the event and its spelling. */
export const attributeSchemas = {
  Event: enumeration(eventSpellings, "must be a T-Library event, by name or number"),
  Server: v.union([v.pipe(v.number(serverRule), v.integer(serverRule)), name(128)], serverRule),
  ServerName: name(128),
  ThisDN: name(255),
  time: eventTime,
  ReferenceID: unsigned,
  InfoType: enumeration(infoTypeSpellings, "must be AddressInfoAddressType (8)"),
  "InfoStatus.AddressType": enumeration(
    addressTypeSpellings,
    "must be a TAddressType, by name or number",
  ),
  Extensions: keyValueList,
  AgentID: name(128),
  CustomerID: name(128),
  ErrorCode: integer("must be an integer", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  ErrorMessage: v.pipe(
    v.string("must be a string"),
    v.transform((text) => text.toWellFormed()),
  ),
  EventSequenceNumber: v.optional(v.pipe(v.unknown(), v.transform(readSequenceNumber))),
  ServerStartTime: v.optional(v.pipe(v.unknown(), v.transform(readStartTime))),
} as const satisfies Partial<Record<Attribute, v.GenericSchema>>;

const common = {
  Server: v.optional(attributeSchemas.Server),
  ServerName: v.optional(attributeSchemas.ServerName),
  ThisDN: attributeSchemas.ThisDN,
  time: attributeSchemas.time,
  CustomerID: v.optional(attributeSchemas.CustomerID),
  EventSequenceNumber: attributeSchemas.EventSequenceNumber,
  ServerStartTime: attributeSchemas.ServerStartTime,
};

/**
 * EventRegistered: the application gets the events of ThisDN from now on.
 * Server is mandatory unless a server name is known otherwise (server-name.ts).
 */
export const EventRegisteredSchema = v.object({
  Event: v.pipe(attributeSchemas.Event, v.literal("EventRegistered")),
  ...common,
  ReferenceID: attributeSchemas.ReferenceID,
  InfoType: attributeSchemas.InfoType,
  "InfoStatus.AddressType": v.optional(attributeSchemas["InfoStatus.AddressType"]),
  Extensions: attributeSchemas.Extensions,
  AgentID: v.optional(attributeSchemas.AgentID),
});
export type EventRegistered = v.InferOutput<typeof EventRegisteredSchema>;

/** EventUnregistered: the application's registration for ThisDN is cancelled. A zero means "absent" to naive bridges. */
export const EventUnregisteredSchema = v.object({
  Event: v.pipe(attributeSchemas.Event, v.literal("EventUnregistered")),
  ...common,
  ReferenceID: v.optional(v.pipe(attributeSchemas.ReferenceID, v.transform(zeroIsAbsent))),
  Extensions: v.optional(attributeSchemas.Extensions),
  ErrorCode: v.optional(v.pipe(attributeSchemas.ErrorCode, v.transform(zeroIsAbsent))),
  ErrorMessage: v.optional(attributeSchemas.ErrorMessage),
});
export type EventUnregistered = v.InferOutput<typeof EventUnregisteredSchema>;

/** The events that change a registration. */
export type KnownEvent = EventRegistered | EventUnregistered;
