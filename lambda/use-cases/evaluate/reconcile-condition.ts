import type { AlertEvent } from "../../domain/alerting/advance-alert.ts";
import { type Alert, isOpen } from "../../domain/alerting/alert.ts";
import type { AlertCondition } from "../../domain/alerting/apply-condition.ts";
import { createCountAffected } from "./count-affected.ts";
import { createDescribedAlerts } from "./describe-alert.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

/**
 * Builds the function that makes the alert about a condition agree with it: opens an alert, keeps or reopens the open
 * one, or lets it end. Calling it again with the same condition changes nothing. A condition that may not open an alert
 * now still updates an open one.
 */
export const createReconcileCondition = (ports: EvaluatePorts) => {
  const { readLatestAlert, now, hash } = ports;
  const alerts = createDescribedAlerts(ports);

  const countAffected = createCountAffected(ports);

  const toOpening = async (condition: AlertCondition, number: number): Promise<AlertEvent> => {
    const affected = await countAffected(condition);
    const alertId = `alert-${hash(JSON.stringify([condition.subject, number, now()]))}`;
    const noDns = { count: 0, dns: [], causes: [], customers: [] };
    return { kind: "opened", opening: { ...condition, ...noDns, affected, number, alertId } };
  };

  return async (condition: AlertCondition, isOngoing: boolean, mayOpen = true): Promise<void> => {
    const toEvent = async (latest: Alert | undefined): Promise<AlertEvent | undefined> => {
      if (isOpen(latest)) return { kind: "condition", condition, isOngoing };
      return isOngoing && mayOpen ? toOpening(condition, (latest?.number ?? 0) + 1) : undefined;
    };
    await alerts.advance({ read: () => readLatestAlert(condition.subject), toEvent });
  };
};

/** Makes the alert about a condition agree with it (see `createReconcileCondition`). */
export type ReconcileCondition = ReturnType<typeof createReconcileCondition>;
