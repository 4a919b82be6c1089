import type { ConnectionKey } from "../../domain/connection/connection.ts";
import { type RegistrationStatus, standingsOf } from "../../domain/status/registration-status.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { createReadSweepPage } from "./read-sweep-page.ts";

/** Whether an application holds a registration, as a status says. */
export const isRegisteredBy = (status: RegistrationStatus, application: string): boolean =>
  standingsOf(status).some(
    ({ name, standing }) => name === application && standing.status === "registered",
  );

/**
 * Builds the count of the DNs that an application holds on a server; `expected` is what the bridge reports. The lists
 * show how many DNs of the server are registered by any application: if that is what the bridge reports, these are its
 * DNs. The statuses, which show whose registrations they are, are read only where the numbers differ.
 */
export const createCountRegistered = ({
  readList,
  readStatuses,
}: Pick<EvaluatePorts, "readList" | "readStatuses">) => {
  const readPage = createReadSweepPage(readList);
  const states = ["registered", "mixed"] as const;

  const countPages = async (
    server: string,
    countPage: (thisDNs: readonly string[]) => number | Promise<number>,
  ): Promise<number> => {
    let count = 0;
    let beyond: string | undefined;
    do {
      const page = await readPage({ server, states, beyond });
      count += await countPage(page.entries.map(({ thisDN }) => thisDN));
      beyond = page.next;
    } while (beyond !== undefined);
    return count;
  };

  return async ({ server, application }: ConnectionKey, expected: number): Promise<number> => {
    const held = await countPages(server, (thisDNs) => thisDNs.length);
    if (held === expected) return held;
    return countPages(server, async (thisDNs) => {
      const statuses = await readStatuses(thisDNs.map((thisDN) => ({ thisDN, server })));
      return statuses.filter((status) => isRegisteredBy(status, application)).length;
    });
  };
};
