import { randomUUID } from "node:crypto";
import { makeBatch } from "./batches.ts";
import type { Attempt, DeliveryRequest } from "./deliver.ts";
import type { FollowedServer } from "./spool/followed-servers.ts";

/** What a heartbeat needs. */
export type HeartbeatDependencies = {
  readonly attempt: (message: DeliveryRequest) => Promise<Attempt>;
  /** Called with how it failed and the T-Server. */
  readonly onFailure: (failed: FailedAttempt, name: string) => void;
};

/** How a heartbeat failed. */
export type FailedAttempt = Exclude<Attempt, { kind: "results" }>;

const where = "heartbeat";

/**
 * A heartbeat: an envelope without events for a T-Server ("": the key's). It is not repeated; the next one says the same.
 * Its session is the one that the followed file gave, or none: the bridge itself cannot know when the file's writer
 * connected, and a session that begins makes every older registration stale.
 */
export const createHeartbeat = (deps: HeartbeatDependencies) => {
  const failing = new Set<string>();

  return async (name: string, { session }: FollowedServer, closing?: "true"): Promise<void> => {
    const { body, mediaType, eventCount } = makeBatch([
      {
        text: "",
        where,
        form: "heartbeat",
        ...(name !== "" && { serverName: name }),
        ...(session !== undefined && { session }),
        ...(closing !== undefined && { closing }),
      },
    ]);
    const made = await deps.attempt({ id: `msg_${randomUUID()}`, body, mediaType, eventCount });
    if (made.kind === "results") {
      failing.delete(name);
      return;
    }
    // Said once, not every half minute; but each time that another address is in use from then on.
    const changesOver = made.kind === "again" && made.changesOver;
    if (!failing.has(name) || changesOver) deps.onFailure(made, name);
    failing.add(name);
  };
};

/** Says once that the bridge lives, or with `closing` that it stops on purpose. */
export type Heartbeat = ReturnType<typeof createHeartbeat>;
