import { inParallel } from "../../async/in-parallel.ts";
import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import type { IngestPorts } from "./ingest-ports.ts";

/** The list of the servers that have metrics of their own, each of which costs money. */
export const measuredList = "servers with metrics";
const maxMeasured = 100;
const width = 10;

/**
 * Says which servers have metrics of their own, after some events were recorded: the first ones that had a registration.
 * Never fails: metrics are not worth an event.
 */
export type MeasureServers = (events: readonly RegistrationEvent[]) => Promise<ReadonlySet<string>>;

/** Builds it. It remembers the list, which an execution environment reads once. */
export const createMeasureServers = ({
  readNames,
  claimName,
  log,
}: Pick<IngestPorts, "readNames" | "claimName" | "log">): MeasureServers => {
  let memory: Set<string> | undefined;

  const measure = async (events: readonly RegistrationEvent[]): Promise<Set<string>> => {
    const measured = memory ?? new Set(await readNames(measuredList));
    memory = measured;
    const unknown = new Set(
      events.flatMap(({ event, server }) =>
        event === "EventRegistered" && !measured.has(server) ? [server] : [],
      ),
    );
    const room = Math.max(0, maxMeasured - measured.size);
    await inParallel(width, [...unknown].slice(0, room), async (server) => {
      if (await claimName(measuredList, server, maxMeasured)) measured.add(server);
      // Others have filled the list: read again, it shows that there is no room, and nothing more is claimed.
      else memory = undefined;
    });
    return measured;
  };

  return async (events) => {
    try {
      return await measure(events);
    } catch (error) {
      log("warn", "metrics by server are left out", { error });
      return new Set();
    }
  };
};
