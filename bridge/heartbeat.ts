import { randomUUID } from "node:crypto";
import type { Attempt, Message } from "./deliver.ts";

/** After so many milliseconds without a request the bridge says that it lives. */
export const heartbeatMs = 30_000;

/** What a heartbeat needs. */
export interface HeartbeatDependencies {
  readonly attempt: (message: Message) => Promise<Attempt>;
  readonly held: () => readonly { readonly server: string; readonly count: number }[];
  readonly serverName: string | undefined;
  readonly nowMs: () => number;
  readonly onFailure: (why: string) => void;
}

/**
 * A heartbeat: an envelope without events for each server whose DNs the bridge holds, with their number. It is not
 * repeated; the next one says the same. The session is that of this run.
 */
export const createHeartbeat = (deps: HeartbeatDependencies) => {
  const session = {
    id: `session_${randomUUID()}`,
    startedAt: new Date(deps.nowMs()).toISOString(),
  };
  let hasFailed = false;

  const beat = async (serverName: string | undefined, registered: number): Promise<void> => {
    const body = JSON.stringify({ serverName, session, registered, events: [] });
    const message = {
      id: `msg_${randomUUID()}`,
      body,
      mediaType: "application/json",
      eventCount: 0,
    };
    const made = await deps.attempt(message);
    // Said once, not every half minute.
    if (made.kind === "again" && !hasFailed) deps.onFailure(made.why);
    hasFailed = made.kind === "again";
  };

  return async (): Promise<void> => {
    const counts = new Map(deps.held().map(({ server, count }) => [server, count]));
    if (deps.serverName !== undefined && !counts.has(deps.serverName))
      counts.set(deps.serverName, 0);
    if (counts.size === 0) await beat(undefined, 0);
    for (const [server, count] of counts) await beat(server, count);
  };
};
