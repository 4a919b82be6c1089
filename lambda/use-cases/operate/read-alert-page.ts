import type { Alert } from "../../domain/alerting/alert.ts";
import type { Loss, LossKey } from "../../domain/alerting/loss.ts";
import type { ReadAlertById } from "../../ports/alerts.ts";
import type { ReadLosses, ReadMembers } from "../../ports/losses.ts";

/** An alert and some of its members, those that are missing first; `next` is absent on the last page. */
export type AlertPage = { alert: Alert; members: Loss[]; next: string | undefined };

/** What reading an alert needs of the outside. */
export type ReadAlertPageDependencies = {
  readAlertById: ReadAlertById;
  readMembers: ReadMembers;
  readLosses: ReadLosses;
};

const textOf = ({ thisDN, server, lossId }: LossKey): string =>
  JSON.stringify([thisDN, server, lossId]);

/** Builds the reader of an alert with its members, page by page; undefined where there is no such alert. */
export const createReadAlertPage = (dependencies: ReadAlertPageDependencies) => {
  const { readAlertById, readMembers, readLosses } = dependencies;
  return async (
    alertId: string,
    range: { limit: number; from: string | undefined },
  ): Promise<AlertPage | undefined> => {
    const alert = await readAlertById(alertId);
    if (alert === undefined) return undefined;
    const { items, next } = await readMembers(alertId, { ...range, missing: false });
    const losses = await readLosses(items);
    const byKey = new Map(losses.map((loss) => [textOf(loss), loss]));
    return { alert, members: items.flatMap((key) => byKey.get(textOf(key)) ?? []), next };
  };
};

/** Reads an alert with its members (see `createReadAlertPage`). */
export type ReadAlertPage = ReturnType<typeof createReadAlertPage>;
