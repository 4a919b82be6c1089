import { inParallel, storeWidth } from "../../async/in-parallel.ts";
import { retryOnConflict } from "../../async/retry-on-conflict.ts";
import type { Connection, ConnectionKey } from "../../domain/connection/connection.ts";
import { isRegistrationStale } from "../../domain/connection/judge-staleness.ts";
import { applyStaleness } from "../../domain/status/apply-staleness.ts";
import type { RegistrationStatus, StatusKey } from "../../domain/status/registration-status.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

/**
 * A status marked as its application's connection requires: stale while the bridge is silent; once the bridge is heard,
 * still stale if it was not renewed since a reconnect.
 */
const markFor = (
  status: RegistrationStatus,
  connection: Connection,
  now: number,
): RegistrationStatus => {
  const { application, silentSince } = connection;
  if (silentSince !== undefined) return applyStaleness(status, application, true, now);
  const registration = new Map(Object.entries(status.applications)).get(application);
  const waits =
    registration === undefined ||
    isRegistrationStale(registration, { ...connection, closedAt: undefined });
  return waits ? status : applyStaleness(status, application, false, now);
};

const requireTheSame = (before: Connection, after: Connection): boolean =>
  before.silentSince === after.silentSince && before.stale?.since === after.stale?.since;

/**
 * Builds the function that marks statuses stale, or no longer stale, as their connection is now. The connection is read
 * before and after: two evaluators that mark at once, or a slow one, leave what the connection required last.
 */
export const createWriteStaleness = (
  ports: Pick<EvaluatePorts, "readConnection" | "readStatuses" | "writeStatus" | "now">,
) => {
  const { readConnection, readStatuses, writeStatus, now } = ports;

  const write = async (status: RegistrationStatus, connection: Connection): Promise<void> => {
    let current: RegistrationStatus | undefined = status;
    await retryOnConflict("a status", async () => {
      if (current === undefined) return undefined;
      const marked = markFor(current, connection, now());
      if (marked === current || (await writeStatus(marked)) !== "conflict") return undefined;
      [current] = await readStatuses([status]);
      return "conflict";
    });
  };

  return async (keys: readonly StatusKey[], key: ConnectionKey): Promise<void> => {
    let connection = await readConnection(key);
    await retryOnConflict("a connection", async () => {
      const before = connection;
      if (before === undefined) return undefined;
      const statuses = await readStatuses(keys);
      await inParallel(storeWidth, statuses, (status) => write(status, before));
      const after = await readConnection(key);
      connection = after;
      return after === undefined || requireTheSame(before, after) ? undefined : "conflict";
    });
  };
};

/** Marks statuses of an application as its connection requires (see `createWriteStaleness`). */
export type WriteStaleness = ReturnType<typeof createWriteStaleness>;
