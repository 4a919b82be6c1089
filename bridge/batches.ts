import type { EventForm, SourceEvent } from "./source-event.ts";

/** Events that travel in one request: of one form, server name and session. */
export type EventBatch<Event extends SourceEvent = SourceEvent> = {
  readonly events: readonly Event[];
  readonly body: string;
  readonly mediaType: string;
  /** How many results its answer has. */
  readonly eventCount: number;
};

/** How large a request may get; an event that is larger than `bytes` travels alone. */
export type BatchLimits = {
  readonly events: number;
  readonly bytes: number;
};

/** Below what the API takes (500 events, 1 MiB): a smaller batch is sooner repeated. */
export const defaultLimits: BatchLimits = { events: 100, bytes: 1_000_000 };

const mediaTypes: Readonly<Record<EventForm, string>> = {
  json: "application/json",
  cloudevents: "application/cloudevents-batch+json",
  heartbeat: "application/json",
};

/** Whether an event may travel behind another one: of one form, server name and session, and nothing after what closes. */
export const fitsBehind = (event: SourceEvent, before: SourceEvent): boolean =>
  event.form === before.form &&
  event.form !== "heartbeat" &&
  event.serverName === before.serverName &&
  event.session === before.session &&
  before.closing === undefined;

// The newest count is the one that holds after all of them.
const endOf = (events: readonly SourceEvent[]) => ({
  registered: events.findLast(({ registered }) => registered !== undefined)?.registered,
  closing: events.at(-1)?.closing,
});

/** The request for these events. What the first says of server and session is the request's. */
export const makeBatch = <Event extends SourceEvent>(
  events: readonly [Event, ...Event[]],
): EventBatch<Event> => {
  const [{ form, serverName, session }] = events;
  const isHeartbeat = form === "heartbeat";
  const list = isHeartbeat ? "[]" : `[${events.map(({ text }) => text).join(",")}]`;
  const { registered, closing } = endOf(events);
  const said = Object.entries({
    serverName: serverName === undefined ? undefined : JSON.stringify(serverName),
    session,
    registered,
    closing,
  }).flatMap(([name, text]) => (text === undefined ? [] : [`"${name}":${text}`]));
  const isBare = form === "cloudevents" || (said.length === 0 && !isHeartbeat);
  const body = isBare ? list : `{${[...said, `"events":${list}`].join(",")}}`;
  return { events, body, mediaType: mediaTypes[form], eventCount: isHeartbeat ? 0 : events.length };
};
