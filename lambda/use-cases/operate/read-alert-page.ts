import type { Alert } from "../../domain/alerting/alert.ts";
import { type Loss, lossKeyText } from "../../domain/alerting/loss.ts";
import { takeFitting } from "../../domain/page.ts";
import { toMemberView } from "./member-view.ts";
import type { OperatePorts } from "./operate-ports.ts";

/** An alert and some of its members, the missing ones first; `next` is absent on the last page. */
export type AlertPage = { alert: Alert; members: Loss[]; next: string | undefined };

/** Which members to read; `from` is a cursor. */
type MemberRange = { limit: number; from: string | undefined };

/** Builds the reader of an alert with its members, page by page; undefined where there is no such alert. */
export const createReadAlertPage = (
  ports: Pick<OperatePorts, "readAlertById" | "readMembers" | "readLosses">,
) => {
  const { readAlertById, readMembers, readLosses } = ports;

  const readFittingMembers = async (
    alertId: string,
    range: MemberRange,
  ): Promise<Omit<AlertPage, "alert">> => {
    const { items, next } = await readMembers(alertId, { ...range, missing: false });
    const losses = await readLosses(items);
    const byKey = new Map(losses.map((loss) => [lossKeyText(loss), loss]));
    const members = items.flatMap((key) => byKey.get(lossKeyText(key)) ?? []);
    const { length } = takeFitting(members, toMemberView);
    if (length === members.length) return { members, next };
    // Only the index says where a page begins that ends sooner.
    return await readFittingMembers(alertId, { ...range, limit: length });
  };

  return async (alertId: string, range: MemberRange): Promise<AlertPage | undefined> => {
    const alert = await readAlertById(alertId);
    if (alert === undefined) return undefined;
    return { alert, ...(await readFittingMembers(alertId, range)) };
  };
};

/** Reads an alert with its members (see `createReadAlertPage`). */
export type ReadAlertPage = ReturnType<typeof createReadAlertPage>;
