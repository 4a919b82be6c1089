import type { RegistrationEvent } from "./registration-event.ts";

/** Hashes text to a short name that is safe in keys: the same text always gives the same name. */
export type Hash = (text: string) => string;

/**
 * Names an event from its content alone, so that a repetition has the same id whatever its spelling, request or bridge.
 * T-Server's own event identification counts where it is complete; two applications get the same sequence number for one event.
 */
export const identify = (
  hash: Hash,
  event: Omit<RegistrationEvent, "id">,
  serverStartTime: number | string | undefined,
): string => {
  const { server, application, sequenceNumber } = event;
  const identification =
    sequenceNumber !== undefined && serverStartTime !== undefined
      ? [String(serverStartTime), sequenceNumber]
      : [event.event, event.thisDN, event.time, event.referenceID ?? null];
  return hash(JSON.stringify([server, application, ...identification]));
};
