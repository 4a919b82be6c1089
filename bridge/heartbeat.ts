import { randomUUID } from "node:crypto";
import { makeBatch } from "./batches.ts";
import type { Attempt, DeliveryRequest } from "./deliver.ts";
import type { FollowedServer } from "./spool/followed-servers.ts";

/** What a heartbeat needs. */
export type HeartbeatDependencies = {
  readonly attempt: (message: DeliveryRequest) => Promise<Attempt>;
  /** Called with the reason and the T-Server. */
  readonly onFailure: (why: string, name: string) => void;
};

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
    const why = made.kind === "results" ? undefined : made.why;
    // Said once, not every half minute.
    if (why === undefined) {
      failing.delete(name);
      return;
    }
    if (!failing.has(name)) deps.onFailure(why, name);
    failing.add(name);
  };
};

/** Says once that the bridge lives, or with `closing` that it stops on purpose. */
export type Heartbeat = ReturnType<typeof createHeartbeat>;
