import type { Actor } from "../../domain/access/actor.ts";
import type { Alert } from "../../domain/alerting/alert.ts";
import { createAdvanceById } from "./advance-by-id.ts";
import type { OperatePorts } from "./operate-ports.ts";

/** What came of taking an acknowledgement back; `resolved`: it came too late. */
export type Withdrawal =
  | { kind: "withdrawn"; alert: Alert }
  | { kind: "not-acknowledged" }
  | { kind: "resolved" }
  | { kind: "unknown" };

/** Builds the function that takes an alert's acknowledgement back and has that published. */
export const createWithdrawAcknowledgement = (ports: OperatePorts) => {
  const advanceById = createAdvanceById(ports);

  return async (alertId: string, actor: Actor): Promise<Withdrawal> => {
    let status: Alert["status"] | undefined;
    const alert = await advanceById(alertId, (before) => {
      status = before?.status;
      return { kind: "withdrawn", actor };
    });
    if (alert === undefined) return { kind: "unknown" };
    if (status === "acknowledged") return { kind: "withdrawn", alert };
    return { kind: status === "resolved" ? "resolved" : "not-acknowledged" };
  };
};

/** Takes an acknowledgement back (see `createWithdrawAcknowledgement`). */
export type WithdrawAcknowledgement = ReturnType<typeof createWithdrawAcknowledgement>;
