import { inParallel, storeWidth } from "../async/in-parallel.ts";
import { type Alert, alertKeyText } from "../domain/alerting/alert.ts";
import type { AlertKey } from "../domain/alerting/loss.ts";
import type { ReadAlert } from "../ports/alerts.ts";

/** Reads alerts, each once however often it is named: by `alertKeyText`, without those that are not there. */
export const readDistinctAlerts = async (
  readAlert: ReadAlert,
  references: readonly AlertKey[],
): Promise<Map<string, Alert>> => {
  const keys = [...new Map(references.map((one) => [alertKeyText(one), one])).values()];
  const alerts = await inParallel(storeWidth, keys, readAlert);
  return new Map(alerts.flatMap((alert) => (alert ? [[alertKeyText(alert), alert] as const] : [])));
};
