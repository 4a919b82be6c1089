import type { Alert } from "../../domain/alerting/alert.ts";
import { createWriteAlerts, type StoredAlertEvent } from "../write-alerts.ts";
import type { OperatePorts } from "./operate-ports.ts";

/**
 * Builds the function that advances the alert of this id by what has happened to it and has that published; undefined
 * where there is none.
 */
export const createAdvanceById = (ports: OperatePorts) => {
  const { readAlert, readAlertById } = ports;
  const alerts = createWriteAlerts(ports);
  return async (
    alertId: string,
    toEvent: StoredAlertEvent["toEvent"],
  ): Promise<Alert | undefined> => {
    const found = await readAlertById(alertId);
    return found && alerts.advance({ read: () => readAlert(found), toEvent });
  };
};
