import type { Problem } from "../problem.ts";
import { readAgentID } from "./agent-id.ts";
import { pathOf } from "./attribute-problem.ts";
import { checkClock } from "./clock-check.ts";
import { type Hash, identify } from "./event-id.ts";
import type { KnownEvent } from "./event-schema.ts";
import type { RegistrationEvent } from "./registration-event.ts";
import { findServerName, type GivenServerName } from "./server-name.ts";
import type { SpelledEvent } from "./spell-out.ts";
import type { Attribute } from "./spellings.ts";

/** What we know beside the event: who sent it, and our clock in microseconds. */
export type Reading = {
  application: string;
  keyServerName: string | undefined;
  requestServerName: GivenServerName | undefined;
  /** What came round the event and is kept with it. */
  kept?: object | undefined;
  now: number;
  hash: Hash;
};

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

const build = (
  known: KnownEvent,
  origin: { server: string; application: string; agentID: string | undefined },
  other: object | undefined,
): Omit<RegistrationEvent, "id"> => ({
  event: known.Event,
  server: origin.server,
  application: origin.application,
  thisDN: known.ThisDN,
  time: known.time,
  sequenceNumber: known.EventSequenceNumber,
  referenceID: known.ReferenceID,
  customerID: known.CustomerID,
  extensions: known.Extensions,
  other,
  ...(known.Event === "EventRegistered"
    ? { addressType: known["InfoStatus.AddressType"], agentID: origin.agentID }
    : { errorCode: known.ErrorCode, errorMessage: known.ErrorMessage }),
});

/** Makes a checked event ours: finds its server name, holds its time against our clock, minds its agent, names it. */
export const completeEvent = (
  known: KnownEvent,
  spelled: SpelledEvent,
  pointer: string,
  reading: Reading,
): CompletedEvent => {
  const at = (name: Attribute) => pointer + pathOf(spelled.paths, name);
  const server = findServerName({
    serverName: known.ServerName,
    server: known.Server,
    serverPointer: at("Server"),
    request: reading.requestServerName,
    key: reading.keyServerName,
  });
  if (typeof server === "object") return { kind: "rejected", problems: [server] };
  const clock = checkClock(known.time, reading.now, at("time"));
  if (clock.kind === "refused") return { kind: "rejected", problems: [clock.problem] };
  const agent =
    known.Event === "EventRegistered"
      ? readAgentID(known, at("AgentID"))
      : { agentID: undefined, warnings: [] };
  const origin = { server, application: reading.application, agentID: agent.agentID };
  const event = build(known, origin, gatherOther(known, spelled, reading.kept));
  return {
    kind: "event",
    event: { id: identify(reading.hash, event, known.ServerStartTime), ...event },
    warnings: [...(clock.kind === "ahead" ? [clock.problem] : []), ...agent.warnings],
  };
};
