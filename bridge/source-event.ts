/** One event as it was found: its text is sent as it is, so that nothing is lost by reading and writing it. */
export interface SourceEvent {
  /** JSON text of the event. */
  readonly text: string;
  /** Where it was found, for people: `morning.ndjson:17`, `events.json[3]`. */
  readonly where: string;
  /** The server name of the envelope that it came in. */
  readonly serverName?: string;
}

/** A piece of input that is not JSON, and where it is. */
export interface Unreadable {
  readonly where: string;
  readonly why: string;
}

/** What a file (or standard input) holds. */
export interface SourceContent {
  readonly events: readonly SourceEvent[];
  readonly unreadable: readonly Unreadable[];
}
