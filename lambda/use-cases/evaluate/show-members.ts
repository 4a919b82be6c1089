import { inParallel } from "../../async/in-parallel.ts";
import type { AlertMember } from "../../domain/alerting/alert.ts";
import { boundServers, maxMembers } from "../../domain/alerting/bound-alert.ts";
import { boundApplications } from "../../domain/alerting/bound-loss.ts";
import type { LossRecord } from "../../domain/alerting/loss.ts";
import { newestOfEach } from "../../domain/alerting/summarize-losses.ts";
import { coverageOf } from "../../domain/status/registration-status.ts";
import { compareText } from "../../domain/text.ts";
import { formatTime } from "../../domain/time.ts";
import type { ReadStatusesOfDn } from "../../ports/statuses.ts";

const maxStatuses = 2_000;
const width = 20;

/**
 * Builds the function that shows the DNs of losses as an alert's message does, up to 100, with the other servers where
 * each is registered now.
 */
export const createShowMembers = (readStatusesOfDn: ReadStatusesOfDn) => {
  const findElsewhere = async ({ thisDN, server }: LossRecord): Promise<string[]> => {
    const statuses = await readStatusesOfDn(thisDN, { after: "", limit: maxStatuses });
    return statuses
      .filter((status) => status.server !== server && coverageOf(status).status === "registered")
      .map((status) => status.server)
      .sort(compareText);
  };

  return async (losses: readonly LossRecord[]): Promise<AlertMember[]> =>
    inParallel(width, newestOfEach(losses).slice(0, maxMembers), async (loss) => {
      const { thisDN, lostAt, reason } = loss;
      const registeredOn = await findElsewhere(loss);
      return {
        thisDN,
        ...boundApplications(loss),
        statusSince: formatTime(lostAt),
        reason,
        ...boundServers({ registeredOn }),
      };
    });
};

/** Shows DNs (see `createShowMembers`). */
export type ShowMembers = ReturnType<typeof createShowMembers>;
