import type { BridgeContext } from "./bridge-context.ts";
import { type Attempt, createAttempt, type DeliveryRequest } from "./deliver.ts";
import { createHeartbeat, type FailedAttempt } from "./heartbeat.ts";
import { createLiveServers } from "./live-servers.ts";
import type { SpooledEvent } from "./spool/event-row.ts";
import type { NamedServer } from "./spool/followed-servers.ts";
import type { HeardServers } from "./spool/spool.ts";
import { printable } from "./terminal/printable.ts";

// The key's server has no name here.
const of = (name: string): string => (name === "" ? "" : ` of ${printable(name)}`);

/** The reason, and where the next one goes if that is elsewhere. */
const reasonOf = (failed: FailedAttempt): string => {
  const next = failed.kind === "again" && failed.changesOver ? failed.next : undefined;
  return next === undefined ? failed.why : `${failed.why}, changing over to ${next}`;
};

/**
 * What a run that follows a file says of itself, beside the file's events: heartbeats while it has nothing to send, and at
 * its end that it stops on purpose. `file` is the followed file as the spool knows it.
 */
export const createLiveness = (context: BridgeContext, file: string) => {
  const { spool, report, connection, options, withSpace } = context;
  const { destinations } = connection;
  const urlOf = (failed: FailedAttempt): string =>
    failed.kind === "again" ? failed.url : destinations.inUse().destination.url;
  const known = spool.servers(file);
  const servers = createLiveServers({ known, serverName: options.serverName, nowMs: Date.now });
  const attempt = createAttempt(connection);
  const beat = createHeartbeat({
    attempt,
    onFailure: (failed, name) =>
      report.note(`${urlOf(failed)}: no heartbeat${of(name)}: ${reasonOf(failed)}`),
  });
  /** The last word: no next heartbeat says the same, so it goes to each address until one takes it. */
  const attemptEverywhere = async (
    message: DeliveryRequest,
    signal: AbortSignal,
  ): Promise<Attempt> => {
    let made = await attempt(message, 1, signal);
    for (let left = destinations.count - 1; left > 0 && !signal.aborted; left -= 1) {
      if (made.kind !== "again" || made.next === made.url) break;
      if (made.changesOver) report.retry({ ...made, delayMs: 0 });
      made = await attempt(message, 1, signal);
    }
    return made;
  };
  const keep = async (news: readonly NamedServer[], signal: AbortSignal): Promise<void> => {
    if (news.length === 0) return;
    await withSpace(() => spool.hear({ file, servers: news }), signal, spool.releaseReserve);
  };
  return {
    /** Notes those of the file's events that the adapter has taken. */
    hear: (events: readonly SpooledEvent[]): HeardServers => ({
      file,
      servers: servers.hear(events.filter(({ followed }) => followed === file)),
    }),
    /** Sends the heartbeats that are due. */
    beat: async (signal: AbortSignal): Promise<void> => {
      for (const name of servers.silent()) {
        if (signal.aborted) return;
        // Kept first: what the adapter expects from now on must be known at the next end, also after a kill.
        await keep(servers.beat(name), signal);
        await beat(name, servers.of(name));
      }
    },
    /** Says of each T-Server whose silence would be an alert that this end is on purpose. */
    close: async (signal: AbortSignal): Promise<void> => {
      const close = createHeartbeat({
        attempt: (message) => attemptEverywhere(message, signal),
        onFailure: (failed, name) =>
          report.note(
            `${urlOf(failed)}: could not announce the planned stop${of(name)}: ${failed.why}`,
          ),
      });
      await Promise.all(servers.watched().map((name) => close(name, servers.of(name), "true")));
    },
  };
};

/** What a run that follows a file says of itself. */
export type Liveness = ReturnType<typeof createLiveness>;
