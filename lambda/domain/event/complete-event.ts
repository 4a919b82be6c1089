import { isLargeInteger } from "../large-integer.ts";
import type { Problem } from "../problem.ts";
import { readAgentID } from "./agent-id.ts";
import { pathOf } from "./attribute-problem.ts";
import { identify } from "./event-id.ts";
import { findOrigin, type ReadingContext } from "./event-origin.ts";
import type { KnownEvent } from "./event-schema.ts";
import { type NumberedEvent, numberedOf } from "./numbered-event.ts";
import { contentOf, type RegistrationEvent } from "./registration-event.ts";
import type { SpelledEvent } from "./spell-out.ts";

/** An event ready to be recorded, with the T-Server's numbering of it if that is complete; or why it is not. */
export type CompletedEvent =
  | { kind: "event"; event: RegistrationEvent; warnings: Problem[]; numbered?: NumberedEvent }
  | { kind: "rejected"; problems: Problem[] };

// Event identification is kept as it was read or, where it could not be read, as it was written.
const gatherOther = (known: KnownEvent, spelled: SpelledEvent, kept = {}): object | undefined => {
  const all = [...spelled.other, ...Object.entries(kept)];
  for (const name of ["EventSequenceNumber", "ServerStartTime"] as const) {
    const written = spelled.values[name];
    const value = isLargeInteger(written) ? written : (known[name] ?? written);
    if (value !== undefined) all.push([name, value]);
  }
  return all.length === 0 ? undefined : Object.fromEntries(all);
};

// An event of a server other than the session's came over another connection.
const sessionOf = (known: KnownEvent, server: string, session: ReadingContext["session"]) =>
  known.Event !== "EventRegistered" || (session?.server ?? server) !== server
    ? undefined
    : session?.startedAt;

/** Completes a checked event: finds its server name, compares its time with our clock, checks its agent, gives it an id. */
export const completeEvent = (
  known: KnownEvent,
  spelled: SpelledEvent & { at: string },
  context: ReadingContext,
): CompletedEvent => {
  const origin = findOrigin(known, spelled, context);
  if ("code" in origin) return { kind: "rejected", problems: [origin] };
  const agent =
    known.Event === "EventRegistered"
      ? readAgentID(known, spelled.at + pathOf(spelled.paths, "AgentID"))
      : { agentID: undefined, warnings: [] };
  const { server, warnings } = origin;
  const content = {
    ...contentOf(known),
    server,
    application: context.application,
    agentID: agent.agentID,
    session: sessionOf(known, server, context.session),
    other: gatherOther(known, spelled, context.kept),
  };
  const event = { id: identify(context.hash, content, known.ServerStartTime), ...content };
  return {
    kind: "event",
    event,
    warnings: [...warnings, ...agent.warnings],
    ...numberedOf(known, event, spelled),
  };
};
