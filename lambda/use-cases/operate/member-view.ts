import { boundLoss } from "../../domain/alerting/bound-loss.ts";
import type { Loss } from "../../domain/alerting/loss.ts";
import { formatTime } from "../../domain/time.ts";

/** Shows a loss as a member of its alert; JSON leaves out what it does not have. */
export const toMemberView = (stored: Loss) => {
  const loss = boundLoss(stored);
  const isOver = loss.state === "over";
  return {
    thisDN: loss.thisDN,
    server: loss.server,
    lostAt: formatTime(loss.lostAt),
    endedAt: isOver ? formatTime(loss.endedAt) : undefined,
    endedBy: isOver ? loss.endedBy : undefined,
    severity: loss.severity,
    reason: loss.reason,
    applications: loss.applications,
    applicationsCount: loss.applicationsCount,
  };
};
