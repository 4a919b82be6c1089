import { inParallel } from "../in-parallel.ts";
import { type Registration, toRegistration } from "../status/registration.ts";
import type { RegistrationStatus } from "../status/registration-status.ts";
import type { Connection, ConnectionKey } from "../watching/connection.ts";
import type { ReadConnectionsOfServer } from "../watching/connection-ports.ts";
import { isRegistrationStale } from "../watching/stale-registration.ts";

const width = 20;

const textOf = ({ server, application }: ConnectionKey): string =>
  JSON.stringify([server, application]);

/** Builds what shows registrations as they are now: stale ones say so, by what is known of the bridges' connections. */
export const createShowRegistrations =
  (readConnectionsOfServer: ReadConnectionsOfServer) =>
  async (statuses: readonly RegistrationStatus[]): Promise<Registration[]> => {
    const servers = [...new Set(statuses.map(({ server }) => server))];
    const connections = (await inParallel(width, servers, readConnectionsOfServer)).flat();
    const byKey = new Map<string, Connection>(connections.map((one) => [textOf(one), one]));
    return statuses.map((status) =>
      toRegistration(status, (name, application) => {
        const key = textOf({ server: status.server, application: name });
        return isRegistrationStale(application, byKey.get(key));
      }),
    );
  };

/** Shows registrations (see `createShowRegistrations`). */
export type ShowRegistrations = ReturnType<typeof createShowRegistrations>;
