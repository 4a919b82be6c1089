import type { Alert } from "../../domain/alerting/alert.ts";
import { type Loss, lossKeyText } from "../../domain/alerting/loss.ts";
import type { OperatePorts } from "./operate-ports.ts";

/** An alert and some of its members, the missing ones first; `next` is absent on the last page. */
export type AlertPage = { alert: Alert; members: Loss[]; next: string | undefined };

/** Builds the reader of an alert with its members, page by page; undefined where there is no such alert. */
export const createReadAlertPage = (
  ports: Pick<OperatePorts, "readAlertById" | "readMembers" | "readLosses">,
) => {
  const { readAlertById, readMembers, readLosses } = ports;
  return async (
    alertId: string,
    range: { limit: number; from: string | undefined },
  ): Promise<AlertPage | undefined> => {
    const alert = await readAlertById(alertId);
    if (alert === undefined) return undefined;
    const { items, next } = await readMembers(alertId, { ...range, missing: false });
    const losses = await readLosses(items);
    const byKey = new Map(losses.map((loss) => [lossKeyText(loss), loss]));
    return { alert, members: items.flatMap((key) => byKey.get(lossKeyText(key)) ?? []), next };
  };
};

/** Reads an alert with its members (see `createReadAlertPage`). */
export type ReadAlertPage = ReturnType<typeof createReadAlertPage>;
