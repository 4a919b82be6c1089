import type { Alert } from "../../domain/alerting/alert.ts";
import type { Reading } from "../../domain/alerting/lay-out-title.ts";
import { type Loss, lossKeyText } from "../../domain/alerting/loss.ts";
import { takeFitting } from "../../domain/page.ts";
import { toAlertDetail } from "./alert-detail.ts";
import { toMemberView } from "./member-view.ts";
import type { OperatePorts } from "./operate-ports.ts";

/** An alert and some of its members, the missing ones first; `next` is absent on the last page. */
export type AlertPage = { alert: Alert; members: Loss[]; next: string | undefined };

/** Which members to read; `from` is a cursor. */
type MemberRange = { limit: number; from: string | undefined };

/** Builds the reader of an alert with its members, page by page; undefined where there is no such alert. */
export const createReadAlertPage = (
  ports: Pick<OperatePorts, "readAlertById" | "readMembers" | "readLosses">,
  toReading: () => Reading,
) => {
  const { readAlertById, readMembers, readLosses } = ports;

  const readFittingMembers = async (alert: Alert, range: MemberRange): Promise<AlertPage> => {
    const { items, next } = await readMembers(alert.alertId, { ...range, missing: false });
    const losses = await readLosses(items);
    const byKey = new Map(losses.map((loss) => [lossKeyText(loss), loss]));
    const members = items.flatMap((key) => byKey.get(lossKeyText(key)) ?? []);
    const { length } = takeFitting(members, toMemberView, toAlertDetail(alert, toReading()));
    if (length === members.length) return { alert, members, next };
    // Only the index says where a page begins that ends sooner.
    return await readFittingMembers(alert, { ...range, limit: length });
  };

  return async (alertId: string, range: MemberRange): Promise<AlertPage | undefined> => {
    const alert = await readAlertById(alertId);
    return alert && readFittingMembers(alert, range);
  };
};

/** Reads an alert with its members (see `createReadAlertPage`). */
export type ReadAlertPage = ReturnType<typeof createReadAlertPage>;
