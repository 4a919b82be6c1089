import type { AlertEvent } from "../../domain/alerting/advance-alert.ts";
import { type Alert, isOpen } from "../../domain/alerting/alert.ts";
import { conditionFacts } from "../../domain/alerting/apply-condition.ts";
import type { AlertKey } from "../../domain/alerting/loss.ts";
import { createDescribedAlerts } from "./describe-alert.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { createIsConditionOngoing } from "./is-condition-ongoing.ts";
import { createMemberFacts } from "./member-facts.ts";

/**
 * Builds the function that checks an alert and advances it: published again, held open, resolved, as the rules say.
 * Checking once more changes nothing. `isUrgent`: an alert that is not due is advanced too, not only checked for being
 * over.
 */
export const createSettleAlert = (
  ports: EvaluatePorts,
  isConditionOngoing = createIsConditionOngoing(ports),
) => {
  const readMemberFacts = createMemberFacts(ports);
  const alerts = createDescribedAlerts(ports);

  const readFacts = async (alert: Alert, isUrgent: boolean) =>
    alert.kind === "dn"
      ? readMemberFacts(alert, isUrgent)
      : conditionFacts(alert, await isConditionOngoing(alert));

  return async (key: AlertKey, isUrgent = false): Promise<void> => {
    const toEvent = async (alert: Alert | undefined): Promise<AlertEvent | undefined> => {
      const facts = isOpen(alert) ? await readFacts(alert, isUrgent) : undefined;
      return facts && { kind: "facts", facts };
    };
    await alerts.advance({ read: () => ports.readAlert(key), toEvent });
  };
};

/** Settles an alert (see `createSettleAlert`). */
export type SettleAlert = ReturnType<typeof createSettleAlert>;
