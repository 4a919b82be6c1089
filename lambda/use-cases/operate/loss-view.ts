import type { Loss } from "../../domain/alerting/loss.ts";
import { formatTime, formatTimeIfAny } from "../../domain/time.ts";
import type { Decision } from "./decision-view.ts";

/** Shows a loss as a member of its alert; what it does not have is left out by JSON. */
export const toMemberView = (loss: Loss) => ({
  thisDN: loss.thisDN,
  server: loss.server,
  lostAt: formatTime(loss.lostAt),
  endedAt: formatTimeIfAny(loss.endedAt),
  endedBy: loss.endedBy,
  severity: loss.severity,
  reason: loss.reason,
  applications: loss.applications,
});

/** Shows what was decided about a loss, and why, in words. */
export const toDecisionView = (loss: Decision) => ({
  thisDN: loss.thisDN,
  server: loss.server,
  lossId: loss.lossId,
  state: loss.state,
  lostAt: formatTime(loss.lostAt),
  learntAt: formatTime(loss.learntAt),
  decidedAt: formatTimeIfAny(loss.decidedAt),
  applications: loss.applications,
  severity: loss.severity,
  reason: loss.reason,
  alertId: loss.alert?.alertId,
  heldBy: loss.heldBy,
  endedAt: formatTimeIfAny(loss.endedAt),
  endedBy: loss.endedBy,
  why: loss.trail.map(({ at, words }) => ({ at: formatTime(at), words })),
});
