import type { Alert } from "../../domain/alerting/alert.ts";
import type { Reading } from "../../domain/alerting/lay-out-title.ts";
import { takeFitting } from "../../domain/page.ts";
import { compareText } from "../../domain/text.ts";
import type { ListAlerts } from "../../ports/alerts.ts";
import { toAlertEntry } from "./alert-detail.ts";

/** Which alerts to list; `beyond` is a cursor. */
export type AlertsQuery = {
  status?: Alert["status"] | undefined;
  server?: string | undefined;
  beyond?: string | undefined;
  limit: number;
};

/** A page of alerts, newest opening first; `next` is absent on the last. */
export type AlertsPage = { alerts: Alert[]; next: string | undefined };

const statuses = ["open", "acknowledged", "resolved"] as const;

/** Builds the list of alerts: of all statuses merged, unless the query names one. */
export const createListAlertsPage =
  (listAlerts: ListAlerts, toReading: () => Reading) =>
  async ({ status, server, beyond, limit }: AlertsQuery): Promise<AlertsPage> => {
    const wanted = status === undefined ? statuses : [status];
    const lists = await Promise.all(
      wanted.map((one) => listAlerts({ status: one, server, beyond, limit })),
    );
    // An alert that changes its status meanwhile may be in two lists, at the same position.
    const byPlace = new Map(lists.flat().map(({ place, alert }) => [place, alert]));
    const all = [...byPlace].sort(([a], [b]) => compareText(b, a));
    const reading = toReading();
    const page = takeFitting(all.slice(0, limit), ([, alert]) => toAlertEntry(alert, reading));
    const more = all.length > page.length || lists.some((list) => list.length === limit);
    return {
      alerts: page.map(([, alert]) => alert),
      next: more ? page.at(-1)?.[0] : undefined,
    };
  };

/** Reads a page of alerts (see `createListAlertsPage`). */
export type ListAlertsPage = ReturnType<typeof createListAlertsPage>;
