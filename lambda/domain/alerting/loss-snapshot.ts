import type { RegistrationStatus } from "../status/registration-status.ts";
import { type Alert, isOpen } from "./alert.ts";
import type { Loss, LossKey } from "./loss.ts";

/**
 * All that is known of one loss at one moment: the DN's status, what was decided so far, and the alert that it was
 * claimed for.
 */
export type LossSnapshot = {
  key: LossKey;
  status: RegistrationStatus | undefined;
  loss: Loss | undefined;
  alert: Alert | undefined;
};

/**
 * A claimed loss is alerted once the alert of its claim is written; another evaluator may have written its own alert
 * under that key.
 */
export const confirmClaim = (loss: Loss, alert: Alert | undefined): Loss =>
  loss.state === "claimed" && alert?.alertId === loss.alert.alertId
    ? { ...loss, state: "alerted" }
    : loss;

/**
 * Whether an ongoing loss is accounted for: it waits, is held, or is a member of an open alert. A loss whose alert was
 * never written, or was resolved while the loss joined, is not: it needs an alert again.
 */
export const isAccountedFor = ({ loss, alert }: LossSnapshot): boolean => {
  switch (loss?.state) {
    case "waiting":
    case "held":
      return true;
    case "alerted":
      return isOpen(alert);
    case "claimed":
    case "over":
    case undefined:
      return false;
  }
};
