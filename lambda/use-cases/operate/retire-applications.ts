import type { RetirementRemark } from "../../domain/alerting/remark.ts";
import { compareText } from "../../domain/text.ts";
import { createReadPositions } from "../read-positions.ts";
import { createNoteRetirement } from "./note-retirement.ts";
import type { OperatePorts } from "./operate-ports.ts";
import { createRetireConnection } from "./retire-connection.ts";

/** All registrations of one application on a server, or of all applications. */
export type ServerRetirement = {
  server: string;
  application?: string | undefined;
  remark: RetirementRemark;
};

const registrationsToLookAt = 500;

/**
 * Builds the function that retires applications on a server and returns their names; undefined where nothing is known
 * of them.
 */
export const createRetireApplications = (ports: OperatePorts) => {
  const { readConnectionsOfServer, readStatuses } = ports;
  const readPositions = createReadPositions(ports.readList);
  const noteRetirement = createNoteRetirement(ports);
  const retireConnection = createRetireConnection(ports);

  // A bridge that has said nothing since connections are stored is known only by its registrations, which are old ones.
  const findInRegistrations = async (server: string): Promise<string[]> => {
    const { page } = await readPositions({
      server,
      newestFirst: false,
      limit: registrationsToLookAt,
      perShard: registrationsToLookAt,
    });
    const statuses = await readStatuses(page);
    return statuses.flatMap(({ applications }) => Object.keys(applications));
  };

  const findApplications = async ({ server, application }: ServerRetirement): Promise<string[]> => {
    const connections = await readConnectionsOfServer(server);
    const heard = connections.map((connection) => connection.application);
    if (application !== undefined && heard.includes(application)) return [application];
    const known = new Set([...heard, ...(await findInRegistrations(server))]);
    return [...known].filter((name) => (application ?? name) === name).toSorted(compareText);
  };

  return async (retirement: ServerRetirement): Promise<string[] | undefined> => {
    const { server, remark } = retirement;
    const applications = await findApplications(retirement);
    if (applications.length === 0) return undefined;
    // The note comes first, because resolved alerts get no note.
    await noteRetirement.ofApplications(server, new Set(applications), remark);
    for (const application of applications) {
      await retireConnection({ server, application }, remark);
    }
    return applications;
  };
};

/** Retires applications on a server (see `createRetireApplications`). */
export type RetireApplications = ReturnType<typeof createRetireApplications>;
