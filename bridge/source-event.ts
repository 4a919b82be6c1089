/** How an event is written: as the API's own JSON, or wrapped as a CloudEvent (which travels under another media type). */
export type EventForm = "json" | "cloudevents";

/** One event as it was found: its text is sent as it is, so that nothing is lost by reading and writing it. */
export interface SourceEvent {
  /** JSON text of the event. */
  readonly text: string;
  /** Where it was found, for people: `morning.ndjson:17`, `events.json[3]`. */
  readonly where: string;
  readonly form: EventForm;
  /** The server name of the envelope that it came in. */
  readonly serverName?: string;
}

/** A piece of input that is no event, where it is, and its text (its beginning, where it is very long). */
export interface Unreadable {
  readonly where: string;
  readonly why: string;
  readonly text: string;
}

/** What a source holds, piece by piece. `clients`: to whom a T-Server sent the event, as far as its log says. */
export type SourceItem =
  | { readonly kind: "event"; readonly event: SourceEvent; readonly clients?: readonly string[] }
  | { readonly kind: "unreadable"; readonly unreadable: Unreadable };

/** Takes a source apart as its bytes come; `end` gives what the last bytes leave over. */
export interface ChunkParser {
  readonly push: (chunk: Uint8Array) => readonly SourceItem[];
  readonly end: () => readonly SourceItem[];
}
