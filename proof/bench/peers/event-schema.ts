import { z } from "zod";

const Name = z.string().min(1).max(128);
const Unsigned = z.int().min(0).max(4_294_967_295);

const common = {
  Server: z.union([z.int(), Name]).optional(),
  ServerName: Name,
  ThisDN: z.string().min(1).max(255),
  time: z.object({ sec: z.int().min(0), usec: z.int().min(0).max(999_999).default(0) }),
  CustomerID: Name.optional(),
  AttributeEventSequenceNumber: Unsigned.optional(),
  AttributeServerStartTime: Unsigned.optional(),
};
const Extensions = z.record(z.string(), z.unknown());

/** One event in the reference's spelling, and no other. */
export const EventSchema = z.discriminatedUnion("Event", [
  z.object({
    Event: z.literal("EventRegistered"),
    ...common,
    ReferenceID: Unsigned,
    InfoType: z.literal("AddressInfoAddressType"),
    InfoStatus: z.object({ AddressType: z.string() }).optional(),
    Extensions,
    AgentID: Name.optional(),
  }),
  z.object({
    Event: z.literal("EventUnregistered"),
    ...common,
    ReferenceID: Unsigned.optional(),
    Extensions: Extensions.optional(),
    ErrorCode: z.int().optional(),
    ErrorMessage: z.string().optional(),
  }),
]);
export type Event = z.infer<typeof EventSchema>;

/** What a request brings: an event, or an array of them. */
export const BodySchema = z.union([z.array(EventSchema).min(1).max(500), EventSchema]);
