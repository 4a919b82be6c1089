import type { KnownEvent } from "./event-schema.ts";
import type { RegistrationEvent } from "./registration-event.ts";

/** An event that its T-Server numbered since its start. `time` in microseconds by the T-Server's clock. */
export type NumberedEvent = Pick<RegistrationEvent, "id" | "server" | "time"> & {
  startTime: string;
  sequenceNumber: number;
  /** Where its time stands in the body. */
  pointer: string;
};

const maxStartTime = 40; // It is kept with the connection.

/** Gives the T-Server's own numbering of an event; undefined where it is not complete. */
export const numberedOf = (
  { ServerStartTime, EventSequenceNumber }: KnownEvent,
  { id, server, time }: RegistrationEvent,
  pointer: string,
): NumberedEvent | undefined =>
  ServerStartTime === undefined || EventSequenceNumber === undefined
    ? undefined
    : {
        id,
        server,
        time,
        startTime: String(ServerStartTime).slice(0, maxStartTime),
        sequenceNumber: EventSequenceNumber,
        pointer,
      };
