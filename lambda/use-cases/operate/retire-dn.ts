import { presentLossOf } from "../../domain/alerting/loss-facts.ts";
import type { Remark } from "../../domain/alerting/remark.ts";
import { identify } from "../../domain/event/event-id.ts";
import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import type { Application, RegistrationStatus } from "../../domain/status/registration-status.ts";
import { confirmedAt, isRetired } from "../../domain/status/standing.ts";
import { createRecordEvents } from "../record-events.ts";
import { createNoteRetirement } from "./note-retirement.ts";
import type { OperatePorts } from "./operate-ports.ts";

/** A DN on a server whose registrations are retired for good: those of all applications, or of one. */
export type DnRetirement = Remark & {
  server: string;
  thisDN: string;
  application?: string | undefined;
};

type NamedApplication = readonly [name: string, application: Application];

/**
 * Builds the function that retires a DN's registrations and returns how many there were; undefined where nothing is
 * known of them. `keyId` goes into the history: it says whose token it was.
 */
export const createRetireDn = (ports: OperatePorts) => {
  const { readStatuses, hash, now } = ports;
  const recordEvents = createRecordEvents(ports);
  const noteRetirement = createNoteRetirement(ports);

  const toEvent = (
    { author, note, server, thisDN }: DnRetirement,
    [application, marks]: NamedApplication,
  ): RegistrationEvent => {
    // A T-Server's clock may be ahead of ours: whatever has happened by now is over.
    const time = Math.max(now(), confirmedAt(marks) + 1);
    const event = { event: "Retired", server, application, thisDN, time } as const;
    return { id: identify(hash, event, undefined), ...event, other: { author, note } };
  };

  // The note comes first, because afterwards the status no longer knows of its loss.
  const note = async (status: RegistrationStatus, { author, note }: Remark): Promise<void> => {
    const loss = presentLossOf(status);
    if (loss !== undefined) await noteRetirement.ofLoss(loss, { author, note });
  };

  return async (retirement: DnRetirement, keyId: string): Promise<number | undefined> => {
    const { server, thisDN } = retirement;
    const [status] = await readStatuses([{ server, thisDN }]);
    const named = Object.entries(status?.applications ?? {}).filter(
      ([name]) => (retirement.application ?? name) === name,
    );
    if (status === undefined || named.length === 0) return undefined;
    const present = named.filter(([, application]) => !isRetired(application));
    if (present.length === 0) return 0;
    await note(status, retirement);
    const events = present.map((one) => toEvent(retirement, one));
    const outcomes = await recordEvents(events, keyId);
    return outcomes.filter((outcome) => outcome === "applied").length;
  };
};

/** Retires a DN's registrations (see `createRetireDn`). */
export type RetireDn = ReturnType<typeof createRetireDn>;
