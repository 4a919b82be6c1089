import type { RegistrationEvent } from "./registration-event.ts";

/** Hashes text to a short name that is safe in keys: the same text always gives the same name. */
export type Hash = (text: string) => string;

/**
 * Names an event from its content alone, so that a repetition has the same id whatever its spelling, request or bridge.
 * T-Server's own event identification stands in for the ReferenceID where it is complete, never for the event itself: a
 * bridge that always writes the same numbers must not make one event of all (ADR 0003).
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
