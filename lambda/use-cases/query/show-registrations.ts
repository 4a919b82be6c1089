import { inParallel } from "../../async/in-parallel.ts";
import { type Connection, connectionKeyText } from "../../domain/connection/connection.ts";
import { isRegistrationStale } from "../../domain/connection/judge-staleness.ts";
import { toStanding } from "../../domain/connection/standing-statements.ts";
import { type Registration, toRegistration } from "../../domain/status/registration.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import type { ReadConnectionsOfServer } from "../../ports/connections.ts";

const width = 20;

/**
 * Builds the function that shows registrations as they are now: stale ones say so, by what is known of the bridges'
 * connections. Which keys are live, a reader does not know: until the bridge is heard again, a registration may read stale
 * for what a revoked key said. `now` in microseconds.
 */
export const createShowRegistrations =
  (readConnectionsOfServer: ReadConnectionsOfServer, now: () => number) =>
  async (statuses: readonly RegistrationStatus[]): Promise<Registration[]> => {
    const servers = [...new Set(statuses.map(({ server }) => server))];
    const connections = (await inParallel(width, servers, readConnectionsOfServer)).flat();
    const byKey = new Map<string, Connection>(
      connections.map((one) => [
        connectionKeyText(one),
        toStanding(one, { live: undefined, now: now() }),
      ]),
    );
    return statuses.map((status) =>
      toRegistration(status, (name, application) => {
        const key = connectionKeyText({ server: status.server, application: name });
        return isRegistrationStale(application, byKey.get(key));
      }),
    );
  };

/** Shows registrations (see `createShowRegistrations`). */
export type ShowRegistrations = ReturnType<typeof createShowRegistrations>;
