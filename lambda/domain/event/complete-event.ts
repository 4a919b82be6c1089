import type { Problem } from "../problem.ts";
import { readAgentID } from "./agent-id.ts";
import { pathOf } from "./attribute-problem.ts";
import { identify } from "./event-id.ts";
import { findOrigin, type ReadingContext } from "./event-origin.ts";
import type { KnownEvent } from "./event-schema.ts";
import { contentOf, type RegistrationEvent } from "./registration-event.ts";
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
const sessionOf = (known: KnownEvent, server: string, session: ReadingContext["session"]) =>
  known.Event !== "EventRegistered" || (session?.server ?? server) !== server
    ? undefined
    : session?.startedAt;

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
  const { server, warnings } = origin;
  const event = {
    ...contentOf(known),
    server,
    application: reading.application,
    agentID: agent.agentID,
    session: sessionOf(known, server, reading.session),
    other: gatherOther(known, spelled, reading.kept),
  };
  return {
    kind: "event",
    event: { id: identify(reading.hash, event, known.ServerStartTime), ...event },
    warnings: [...warnings, ...agent.warnings],
  };
};
