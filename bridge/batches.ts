import type { EventForm, SourceEvent } from "./source-event.ts";

/** Events that travel in one request: of one form and one server name. */
export interface Batch<Event extends SourceEvent = SourceEvent> {
  readonly events: readonly Event[];
  readonly body: string;
  readonly mediaType: string;
}

/** How large a request may get; an event that is larger than `bytes` travels alone. */
export interface BatchLimits {
  readonly events: number;
  readonly bytes: number;
}

/** Below what the API takes (500 events, 1 MiB): a smaller batch is sooner repeated. */
export const defaultLimits: BatchLimits = { events: 100, bytes: 1_000_000 };

const mediaTypes: Readonly<Record<EventForm, string>> = {
  json: "application/json",
  cloudevents: "application/cloudevents-batch+json",
};

/** The request for these events. The server name of the first is the request's, for those that do not say their own. */
export const makeBatch = <Event extends SourceEvent>(
  events: readonly [Event, ...Event[]],
): Batch<Event> => {
  const [{ form, serverName }] = events;
  const list = `[${events.map(({ text }) => text).join(",")}]`;
  const isEnvelope = form === "json" && serverName !== undefined;
  const body = isEnvelope ? `{"serverName":${JSON.stringify(serverName)},"events":${list}}` : list;
  return { events, body, mediaType: mediaTypes[form] };
};
