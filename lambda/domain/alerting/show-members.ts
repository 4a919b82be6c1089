import { formatTime } from "../event-time.ts";
import { inParallel } from "../in-parallel.ts";
import type { ReadStatusesOfDn } from "../ports.ts";
import { coverageOf } from "../status/registration-status.ts";
import { compareText } from "../text.ts";
import type { AlertMember } from "./alert.ts";
import type { Loss } from "./loss.ts";
import { newestOfEach } from "./summarize-losses.ts";

const maxMembers = 100;
const width = 20;

/** Builds what shows the DNs of losses as an alert's message does, up to 100, with the other servers where each is registered now. */
export const createShowMembers = (readStatusesOfDn: ReadStatusesOfDn) => {
  const findElsewhere = async ({ thisDN, server }: Loss): Promise<string[]> => {
    const statuses = await readStatusesOfDn(thisDN);
    return statuses
      .filter((status) => status.server !== server && coverageOf(status).status === "registered")
      .map((status) => status.server)
      .sort(compareText);
  };

  return async (losses: readonly Loss[]): Promise<AlertMember[]> =>
    inParallel(width, newestOfEach(losses).slice(0, maxMembers), async (loss) => {
      const { thisDN, applications, lostAt, reason } = loss;
      const registeredOn = await findElsewhere(loss);
      return {
        thisDN,
        applications,
        statusSince: formatTime(lostAt),
        reason,
        ...(registeredOn.length === 0 ? {} : { registeredOn }),
      };
    });
};

/** Shows DNs (see `createShowMembers`). */
export type ShowMembers = ReturnType<typeof createShowMembers>;
