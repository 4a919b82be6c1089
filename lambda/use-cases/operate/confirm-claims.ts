import { alertKeyText } from "../../domain/alerting/alert.ts";
import { confirmClaim } from "../../domain/alerting/loss-snapshot.ts";
import { readDistinctAlerts } from "../read-distinct-alerts.ts";
import type { DecidedOrWaiting } from "./decision-view.ts";
import type { OperatePorts } from "./operate-ports.ts";

/**
 * Builds the function that reads the alerts for which losses are claimed, each once: a loss whose alert is written is
 * alerted, any other one stays a claim.
 */
export const createConfirmClaims =
  ({ readAlert }: Pick<OperatePorts, "readAlert">) =>
  async (decisions: readonly DecidedOrWaiting[]): Promise<DecidedOrWaiting[]> => {
    const claims = decisions.flatMap((one) => (one.state === "claimed" ? [one.alert] : []));
    const alerts = await readDistinctAlerts(readAlert, claims);
    return decisions.map((one) =>
      one.state === "claimed" ? confirmClaim(one, alerts.get(alertKeyText(one.alert))) : one,
    );
  };
