import type { RegistrationEvent } from "../event/registration-event.ts";
import { advance } from "./advance.ts";
import { compareMarks, type Mark } from "./mark.ts";
import type { RegistrationStatus } from "./registration-status.ts";

/** An event as it is replayed; `receivedAt` by our clock in microseconds. */
export type Replayed = { event: RegistrationEvent; receivedAt: number };

const remembered = (
  status: RegistrationStatus,
  application: string,
  event: RegistrationEvent["event"],
  mark: Mark | undefined,
): Replayed[] => {
  if (mark === undefined) return [];
  const { thisDN, server } = status;
  return [{ event: { ...mark, event, thisDN, server, application }, receivedAt: mark.time }];
};

/** The newest events, which the status remembers even when the history has dropped their rows. */
export const eventsOf = (status: RegistrationStatus): Replayed[] =>
  Object.entries(status.applications).flatMap(([name, application]) => [
    ...remembered(status, name, "EventRegistered", application.registered),
    ...remembered(status, name, "EventUnregistered", application.unregistered),
    ...remembered(status, name, "EventUnregistered", application.lost),
    ...remembered(status, name, "EventUnregistered", application.missed),
    ...remembered(status, name, "Retired", application.retired),
  ]);

/** The statuses, one for each server, that events lead to. */
export const replay = (events: readonly Replayed[]): RegistrationStatus[] => {
  const byServer = new Map<string, RegistrationStatus>();
  const inOrder = events.toSorted((a, b) => compareMarks(a.event, b.event));
  for (const { event, receivedAt } of inOrder) {
    byServer.set(event.server, advance(byServer.get(event.server), [event], receivedAt));
  }
  return [...byServer.values()];
};
