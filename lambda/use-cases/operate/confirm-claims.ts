import { inParallel, storeWidth } from "../../async/in-parallel.ts";
import { alertKeyText } from "../../domain/alerting/alert.ts";
import { confirmClaim } from "../../domain/alerting/loss-snapshot.ts";
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
    const keys = [...new Map(claims.map((claim) => [alertKeyText(claim), claim])).values()];
    const alerts = await inParallel(storeWidth, keys, readAlert);
    const byKey = new Map(keys.map((key, index) => [alertKeyText(key), alerts[index]]));
    return decisions.map((one) =>
      one.state === "claimed" ? confirmClaim(one, byKey.get(alertKeyText(one.alert))) : one,
    );
  };
