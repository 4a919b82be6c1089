import type { EventForm, SourceEvent } from "../source-event.ts";

/** A JSON object, as it was parsed. */
export type Members = Readonly<Record<string, unknown>>;

/** The text of an event in an envelope, and how it is written. */
export type EnvelopeEvent = {
  readonly text: string;
  readonly form: EventForm;
};

const textOf = (value: unknown): string | undefined =>
  value === undefined || value === null || value === "" ? undefined : JSON.stringify(value);

const readSession = ({ session }: Members): Pick<SourceEvent, "session"> => {
  const text = textOf(session);
  return text === undefined ? {} : { session: text };
};

const readEnd = (members: Members): Pick<SourceEvent, "registered" | "closing"> => {
  const registered = textOf(members["registered"]);
  const closing = members["closing"] === false ? undefined : textOf(members["closing"]);
  return {
    ...(registered !== undefined && { registered }),
    ...(closing !== undefined && { closing }),
  };
};

// What was set aside as unreadable leaves an empty envelope in the file of rejects: it says nothing.
const isOwnReject = (members: Members): boolean => members["rejectedAt"] !== undefined;

/**
 * The events of an envelope with what it says of itself: its session with each of them, what it says as of its end with the
 * last one. Where that cannot carry it, and where there is no event, a heartbeat does.
 */
export const expandEnvelope = (
  members: Members,
  events: readonly EnvelopeEvent[],
  where: string,
): SourceEvent[] => {
  const { serverName } = members;
  const named = typeof serverName === "string" && serverName !== "" ? { serverName } : {};
  const [session, end] = [readSession(members), readEnd(members)];
  const found = events.map(({ text, form }, index) => ({
    text,
    where: `${where}[${index}]`,
    form,
    // A CloudEvent travels without an envelope.
    ...(form === "json" && { ...named, ...session }),
  }));
  const last = found.at(-1);
  if (last?.form === "json") return [...found.slice(0, -1), { ...last, ...end }];
  const isSilent = found.length > 0 && Object.keys(end).length === 0;
  if (isSilent || (found.length === 0 && isOwnReject(members))) return found;
  return [...found, { text: "", where, form: "heartbeat", ...named, ...session, ...end }];
};
