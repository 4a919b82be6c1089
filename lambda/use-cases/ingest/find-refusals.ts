import type { Connection } from "../../domain/connection/connection.ts";
import type { ConnectionReport } from "../../domain/connection/connection-report.ts";
import { joinReport } from "../../domain/connection/join-report.ts";
import { isRegistrationStale } from "../../domain/connection/judge-staleness.ts";
import { toStanding } from "../../domain/connection/standing-statements.ts";
import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import { advance } from "../../domain/status/advance.ts";
import {
  type Application,
  type RegistrationStatus,
  statusKeyText,
} from "../../domain/status/registration-status.ts";
import { standingOf } from "../../domain/status/standing.ts";
import type { IngestPorts } from "./ingest-ports.ts";

/**
 * What a request contains, as far as it matters to its errors. `errors`: the losses that they mean if they refuse a
 * registration.
 */
export type WithErrors = {
  errors: readonly RegistrationEvent[];
  events: readonly RegistrationEvent[];
  reports: readonly ConnectionReport[];
};

/** Says which errors refuse a registration, by id. Throws when the store cannot answer now. */
export type FindRefusals = (request: WithErrors) => Promise<ReadonlySet<string>>;

/**
 * Whether an error can only mean that a registration was refused: there is no registration, or it is no longer known
 * that it stands. Where a registration stands, the error answers some other request.
 */
export const isRegistrationRefused = (
  application: Application | undefined,
  connection: Connection | undefined,
): boolean =>
  application === undefined ||
  standingOf(application).status === "unregistered" ||
  application.stale === true ||
  isRegistrationStale(application, connection);

const join = (
  status: RegistrationStatus | undefined,
  events: readonly RegistrationEvent[] = [],
): RegistrationStatus | undefined => {
  const [first, ...rest] = events;
  return first === undefined ? status : advance(status, [first, ...rest], 0);
};

/** Builds the decision. It needs status and connection as they will be with all else that the request contains. */
export const createFindRefusals = (
  ports: Pick<IngestPorts, "readStatuses" | "readConnection" | "readLiveKeys" | "rules">,
): FindRefusals => {
  const { readStatuses, readConnection, readLiveKeys, rules } = ports;

  const readStatusesOf = async ({ errors, events }: WithErrors) => {
    const keys = new Map(errors.map((error) => [statusKeyText(error), error]));
    const stored = await readStatuses([...keys.values()]);
    const before = new Map(stored.map((status) => [statusKeyText(status), status]));
    const brought = Map.groupBy(events, statusKeyText);
    const after = (key: string) => join(before.get(key), brought.get(key));
    return new Map([...keys.keys()].map((key) => [key, after(key)]));
  };

  const readConnectionsOf = async ({ errors, reports }: WithErrors) => {
    const servers = new Set(errors.map(({ server }) => server));
    const reported = reports.filter(({ server }) => servers.has(server));
    const live = await readLiveKeys({ reload: false });
    const connections = await Promise.all(
      reported.map(async (one) => {
        const joined = joinReport(await readConnection(one), one, rules, live);
        return toStanding(joined, { live, now: one.at });
      }),
    );
    return new Map(connections.map((connection) => [connection.server, connection]));
  };

  return async (request) => {
    if (request.errors.length === 0) return new Set();
    const [statuses, connections] = await Promise.all([
      readStatusesOf(request),
      readConnectionsOf(request),
    ]);
    const refusals = request.errors.filter((error) => {
      const { [error.application]: application } =
        statuses.get(statusKeyText(error))?.applications ?? {};
      return isRegistrationRefused(application, connections.get(error.server));
    });
    return new Set(refusals.map(({ id }) => id));
  };
};
