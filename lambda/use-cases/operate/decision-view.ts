import type { Loss, LossKey } from "../../domain/alerting/loss.ts";
import { lossFactsOf } from "../../domain/alerting/loss-facts.ts";
import { type AlertRules, holdDownOf, micros } from "../../domain/rules.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import { formatTime } from "../../domain/time.ts";

/** What was decided about a loss, or that nothing is decided yet (`waiting`). */
export type Decision = Omit<Loss, "revision" | "state" | "decidedAt"> & {
  state: Loss["state"] | "waiting";
  decidedAt?: number;
};

/** How long losses are held down. */
export type HoldDownRules = Pick<AlertRules, "holdDownSeconds" | "holdDowns">;

/** The loss that a status is in; undefined where nothing is missing. */
export const presentLossOf = ({
  thisDN,
  server,
  alertId,
}: RegistrationStatus): LossKey | undefined =>
  alertId === undefined ? undefined : { thisDN, server, lossId: alertId };

/** Shows a present loss about which nothing is written yet, and until when it is held down. */
export const toWaiting = (
  status: RegistrationStatus,
  rules: HoldDownRules,
): Decision | undefined => {
  const loss = presentLossOf(status);
  const facts = lossFactsOf(status);
  if (loss === undefined || facts === undefined) return undefined;
  const { applications, severity, reason, lostAt, customerID } = facts;
  const learntAt = status.changedAt;
  const holdDown = holdDownOf(rules, loss);
  const end = formatTime(learntAt + micros(holdDown));
  return {
    ...loss,
    state: "waiting",
    lostAt,
    learntAt,
    applications,
    severity,
    reason,
    customerID,
    trail: [{ at: learntAt, words: `its hold-down of ${holdDown} s lasts until ${end}` }],
  };
};
