import type { RegistrationStatus } from "../status/registration-status.ts";
import type { Alert } from "./alert.ts";
import { isMissing, type Loss, type LossKey } from "./loss.ts";

/** All that is known of one loss at one moment: the DN's status, what was decided so far, and the alert that it is part of. */
export type LossSnapshot = {
  key: LossKey;
  status: RegistrationStatus | undefined;
  loss: Loss | undefined;
  alert: Alert | undefined;
};

/** Whether there is an alert and it is not resolved. */
export const isOpen = (
  alert: Alert | undefined,
): alert is Alert & { status: "open" | "acknowledged" } =>
  alert !== undefined && alert.status !== "resolved";

/** Whether a loss is part of the alert that it names: that was written, and not by somebody else for another loss. */
export const isPart = ({ loss, alert }: LossSnapshot): boolean =>
  alert !== undefined && alert.alertId === loss?.alert?.alertId;

/**
 * Whether a loss is a missing member of an alert that is open. One whose alert was never written, or was resolved while it
 * joined, is not: it has to be alerted anew.
 */
export const isOpenMember = (look: LossSnapshot): boolean =>
  look.loss !== undefined && isMissing(look.loss) && isPart(look) && isOpen(look.alert);

/** Whether a loss that is not over was seen to: it waits, or it is part of an open alert. */
export const isAccountedFor = (look: LossSnapshot): boolean =>
  look.loss?.state === "held" || isOpenMember(look);
