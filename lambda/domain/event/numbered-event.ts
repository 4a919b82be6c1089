import { pathOf } from "./attribute-problem.ts";
import type { KnownEvent } from "./event-schema.ts";
import type { RegistrationEvent } from "./registration-event.ts";
import type { SpelledEvent } from "./spell-out.ts";

type Identified = Pick<RegistrationEvent, "id" | "server" | "time">;

/** An event that its T-Server numbered since its start. `time` in microseconds by the T-Server's clock. */
export type NumberedEvent = Identified & {
  startTime: string;
  sequenceNumber: number;
  /** Where its time stands in the body. */
  pointer: string;
};

const maxStartTime = 40; // It is kept with the connection.

/** Gives the T-Server's own numbering of an event; nothing where it is not complete. */
export const numberedOf = (
  {
    ServerStartTime,
    EventSequenceNumber,
  }: Pick<KnownEvent, "ServerStartTime" | "EventSequenceNumber">,
  { id, server, time }: Identified,
  { at, paths }: SpelledEvent & { at: string },
): { numbered?: NumberedEvent } =>
  ServerStartTime === undefined || EventSequenceNumber === undefined
    ? {}
    : {
        numbered: {
          id,
          server,
          time,
          startTime: String(ServerStartTime).slice(0, maxStartTime),
          sequenceNumber: EventSequenceNumber,
          pointer: at + pathOf(paths, "time"),
        },
      };
