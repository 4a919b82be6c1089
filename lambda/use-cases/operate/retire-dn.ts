import { presentLossOf } from "../../domain/alerting/loss-facts.ts";
import type { RetirementRemark } from "../../domain/alerting/remark.ts";
import { identify } from "../../domain/event/event-id.ts";
import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import type { Application, RegistrationStatus } from "../../domain/status/registration-status.ts";
import { confirmedAt, isRetired } from "../../domain/status/standing.ts";
import { createRecordEvents } from "../record-events.ts";
import { createNoteRetirement } from "./note-retirement.ts";
import type { OperatePorts } from "./operate-ports.ts";

/** A DN on a server whose registrations are retired for good: those of all applications, or of one. */
export type DnRetirement = {
  server: string;
  thisDN: string;
  application?: string | undefined;
  remark: RetirementRemark;
};

type NamedApplication = readonly [name: string, application: Application];

/**
 * Builds the function that retires a DN's registrations and returns how many there were; undefined where nothing is
 * known of them. The history has the id of the token in place of a key.
 */
export const createRetireDn = (ports: OperatePorts) => {
  const { readStatuses, hash, now } = ports;
  const recordEvents = createRecordEvents(ports);
  const noteRetirement = createNoteRetirement(ports);

  const toEvent = (
    { server, thisDN, remark }: DnRetirement,
    [application, marks]: NamedApplication,
  ): RegistrationEvent => {
    // A T-Server's clock may be ahead of ours: whatever has happened by now is over.
    const time = Math.max(now(), confirmedAt(marks) + 1);
    const event = { event: "Retired", server, application, thisDN, time } as const;
    const { author, onBehalfOf, note } = remark;
    return { id: identify(hash, event, undefined), ...event, other: { author, onBehalfOf, note } };
  };

  // The note comes first, because afterwards the status no longer knows of its loss.
  const note = async (status: RegistrationStatus, remark: RetirementRemark): Promise<void> => {
    const loss = presentLossOf(status);
    if (loss !== undefined) await noteRetirement.ofLoss(loss, remark);
  };

  return async (retirement: DnRetirement): Promise<number | undefined> => {
    const { server, thisDN, remark } = retirement;
    const [status] = await readStatuses([{ server, thisDN }]);
    const named = Object.entries(status?.applications ?? {}).filter(
      ([name]) => (retirement.application ?? name) === name,
    );
    if (status === undefined || named.length === 0) return undefined;
    const present = named.filter(([, application]) => !isRetired(application));
    if (present.length === 0) return 0;
    await note(status, remark);
    const events = present.map((one) => toEvent(retirement, one));
    const outcomes = await recordEvents(events, remark.tokenId);
    return outcomes.filter((outcome) => outcome === "applied").length;
  };
};

/** Retires a DN's registrations (see `createRetireDn`). */
export type RetireDn = ReturnType<typeof createRetireDn>;
