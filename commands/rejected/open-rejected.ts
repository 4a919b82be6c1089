import * as v from "valibot";
import { attributes } from "../../lambda/domain/event/event-schema.ts";
import { readData } from "../../lambda/domain/request/cloud-event-data.ts";
import { serverNameOfSource } from "../../lambda/domain/request/cloud-event-source.ts";
import { parseJson } from "../../lambda/domain/request/parse-json.ts";

const CloudEventSchema = v.looseObject({
  specversion: v.unknown(),
  source: v.optional(v.unknown()),
  data: v.optional(v.unknown()),
  data_base64: v.optional(v.unknown()),
});

/** An event, and the server name that came with it. */
export type OpenedEvent = { readonly event: string; readonly serverName: string | undefined };

const isEvent = (value: object): boolean =>
  attributes.Event.spellings.some((name) => Object.hasOwn(value, name));

/**
 * What a rejected text has of an event: itself, or what is in it where it is a CloudEvent that was rejected as such, with
 * the server name of its source. In an envelope, as events are sent again, a CloudEvent would be none.
 */
export const openRejected = (given: OpenedEvent): OpenedEvent => {
  const read = v.safeParse(CloudEventSchema, parseJson(given.event)?.value);
  if (!read.success || isEvent(read.output)) return given;
  const { data, data_base64: inBase64, source } = read.output;
  const found = readData(data, inBase64, "application/json");
  if ("why" in found) return given;
  const named = typeof source === "string" ? serverNameOfSource(source) : undefined;
  return { event: found.text, serverName: named ?? given.serverName };
};
