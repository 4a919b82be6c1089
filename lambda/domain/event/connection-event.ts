import * as v from "valibot";

/** Events that say that a connection or link is up or down. They name no DN. */
export const occurrenceNames = [
  "EventServerConnected",
  "EventServerDisconnected",
  "EventLinkConnected",
  "EventLinkDisconnected",
] as const;

/**
 * One event about an application's connection to a T-Server, checked, under our own names. `time` in microseconds since
 * 1970. Only an EventUnregisteredAll gives a reason: it alone has the optional members.
 */
export const ConnectionEventSchema = v.object({
  id: v.string(),
  event: v.picklist([...occurrenceNames, "EventUnregisteredAll"]),
  server: v.string(),
  application: v.string(),
  time: v.number(),
  referenceID: v.optional(v.number()),
  errorCode: v.optional(v.number()),
  errorMessage: v.optional(v.string()),
  customerID: v.optional(v.string()),
});
export type ConnectionEvent = v.InferOutput<typeof ConnectionEventSchema>;

/** An EventUnregisteredAll as JSON text: the form in which the sweep that it causes keeps it. */
export const KeptEventSchema = v.pipe(v.string(), v.parseJson(), ConnectionEventSchema);
