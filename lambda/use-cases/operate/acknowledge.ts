import { type Alert, isOpen } from "../../domain/alerting/alert.ts";
import type { Remark } from "../../domain/alerting/remark.ts";
import { createAdvanceById } from "./advance-by-id.ts";
import type { OperatePorts } from "./operate-ports.ts";

/** The outcome of an acknowledgement; `resolved`: it came too late. */
export type Acknowledgement =
  | { kind: "acknowledged"; alert: Alert }
  | { kind: "resolved" }
  | { kind: "unknown" };

/** Builds the function that acknowledges an alert and has that published. */
export const createAcknowledge = (ports: OperatePorts) => {
  const advanceById = createAdvanceById(ports);

  return async (alertId: string, remark: Remark): Promise<Acknowledgement> => {
    const alert = await advanceById(alertId, () => ({ kind: "acknowledged", remark }));
    if (alert === undefined) return { kind: "unknown" };
    return isOpen(alert) ? { kind: "acknowledged", alert } : { kind: "resolved" };
  };
};

/** Acknowledges an alert (see `createAcknowledge`). */
export type Acknowledge = ReturnType<typeof createAcknowledge>;
