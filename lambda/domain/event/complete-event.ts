import type { Problem } from "../problem.ts";
import { readAgentID } from "./agent-id.ts";
import { pathOf } from "./attribute-problem.ts";
import { identify } from "./event-id.ts";
import { findOrigin, type ReadingContext } from "./event-origin.ts";
import type { KnownEvent } from "./event-schema.ts";
import type { RegistrationEvent } from "./registration-event.ts";
import type { SpelledEvent } from "./spell-out.ts";

/** An event ready to be recorded, or why it is not. */
export type CompletedEvent =
  | { kind: "event"; event: RegistrationEvent; warnings: Problem[] }
  | { kind: "rejected"; problems: Problem[] };

// Event identification is kept as it was understood, or, where it was not, as it was written.
const gatherOther = (known: KnownEvent, spelled: SpelledEvent, kept = {}): object | undefined => {
  const all = [...spelled.other, ...Object.entries(kept)];
  for (const name of ["EventSequenceNumber", "ServerStartTime"] as const) {
    const value = known[name] ?? spelled.values[name];
    if (value !== undefined) all.push([name, value]);
  }
  return all.length === 0 ? undefined : Object.fromEntries(all);
};

// An event of another server than the session's came over another connection.
const sessionOf = ({ session }: ReadingContext, server: string): { session?: number } =>
  session === undefined || (session.server ?? server) !== server
    ? {}
    : { session: session.startedAt };

const build = (
  known: KnownEvent,
  origin: { server: string; agentID: string | undefined; other: object | undefined },
  reading: ReadingContext,
): Omit<RegistrationEvent, "id"> => ({
  event: known.Event,
  server: origin.server,
  application: reading.application,
  thisDN: known.ThisDN,
  time: known.time,
  sequenceNumber: known.EventSequenceNumber,
  referenceID: known.ReferenceID,
  customerID: known.CustomerID,
  extensions: known.Extensions,
  other: origin.other,
  ...(known.Event === "EventRegistered"
    ? {
        addressType: known["InfoStatus.AddressType"],
        agentID: origin.agentID,
        ...sessionOf(reading, origin.server),
      }
    : { errorCode: known.ErrorCode, errorMessage: known.ErrorMessage }),
});

/** Makes a checked event ours: finds its server name, holds its time against our clock, minds its agent, names it. */
export const completeEvent = (
  known: KnownEvent,
  spelled: SpelledEvent & { at: string },
  reading: ReadingContext,
): CompletedEvent => {
  const origin = findOrigin(known, spelled, reading);
  if ("code" in origin) return { kind: "rejected", problems: [origin] };
  const agent =
    known.Event === "EventRegistered"
      ? readAgentID(known, spelled.at + pathOf(spelled.paths, "AgentID"))
      : { agentID: undefined, warnings: [] };
  const other = gatherOther(known, spelled, reading.kept);
  const { server, warnings } = origin;
  const event = build(known, { server, agentID: agent.agentID, other }, reading);
  return {
    kind: "event",
    event: { id: identify(reading.hash, event, known.ServerStartTime), ...event },
    warnings: [...warnings, ...agent.warnings],
  };
};
