import type { RegistrationEvent } from "./registration-event.ts";

/** Hashes text to a short id that is safe in keys: equal texts give equal ids. */
export type Hash = (text: string) => string;

/**
 * Makes the id of an event from its content alone, so that a repetition has the same id whatever its spelling, request or
 * bridge. The T-Server's own event identification, where complete, replaces only the ReferenceID in it: a bridge that always
 * writes the same numbers must not turn all events into one (ADR 0003).
 */
export const identify = (
  hash: Hash,
  event: Omit<RegistrationEvent, "id">,
  serverStartTime: number | string | undefined,
): string => {
  const { server, application, thisDN, time, sequenceNumber } = event;
  const identification =
    sequenceNumber !== undefined && serverStartTime !== undefined
      ? [String(serverStartTime), sequenceNumber]
      : [event.referenceID ?? null];
  return hash(JSON.stringify([server, application, event.event, thisDN, time, ...identification]));
};
