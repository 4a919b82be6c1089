/**
 * How an event is written: as the API's own JSON, or wrapped as a CloudEvent (which travels under another media type). A
 * heartbeat is an envelope without events: it has no text.
 */
export type EventForm = "json" | "cloudevents" | "heartbeat";

/** One event as it was found: its text is sent as it is, so that nothing is lost by reading and writing it. */
export type SourceEvent = {
  /** JSON text of the event. */
  readonly text: string;
  /** Where it was found, for people: `morning.ndjson:17`, `events.json[3]`. */
  readonly where: string;
  readonly form: EventForm;
  /** The server name of the envelope that it came in. */
  readonly serverName?: string;
  /** JSON text of the session of the envelope that it came in: it stays in it, however late it is sent. */
  readonly session?: string;
  /** JSON text of how many DNs that envelope says are held; its last event has it. */
  readonly registered?: string;
  /** JSON text of whether that envelope says that it is the last one; its last event has it. */
  readonly closing?: string;
};

/** A piece of input that is no event, where it is, and its text (its beginning, where it is very long). */
export type Unreadable = {
  readonly where: string;
  readonly why: string;
  readonly text: string;
};

/** A piece of a log that could be about a registration and was not understood, or not wholly. */
export type LogGap = {
  readonly where: string;
  readonly why: string;
};

/**
 * What a source holds, piece by piece. `clients`: to whom a T-Server sent it, as far as its log says; an event for all of
 * them does not register DNs for any of them. `doubt`: why the log may not hold all that the event said.
 */
export type SourceItem =
  | {
      readonly kind: "event";
      readonly event: SourceEvent;
      readonly clients?: readonly string[];
      readonly isForAllClients?: true;
      readonly doubt?: string;
    }
  | { readonly kind: "unreadable"; readonly unreadable: Unreadable }
  | { readonly kind: "gap"; readonly gap: LogGap; readonly clients: readonly string[] };

/** Takes a source apart as its bytes come; `end` gives what the last bytes leave over. */
export type ChunkParser = {
  readonly push: (chunk: Uint8Array) => readonly SourceItem[];
  readonly end: () => readonly SourceItem[];
};
