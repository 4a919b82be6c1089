import * as v from "valibot";
import type { ApiAccess } from "../api/call-api.ts";
import { readFirst, readPages } from "../api/read-pages.ts";

const AcknowledgementEntry = v.object({
  author: v.string(),
  onBehalfOf: v.optional(v.string()),
  note: v.optional(v.string()),
});

/** What the commands read of an alert; the rest is kept, for those who want JSON. */
export const ListedAlertSchema = v.looseObject({
  alertId: v.string(),
  status: v.string(),
  severity: v.string(),
  title: v.string(),
  count: v.optional(v.number(), 0),
  openedAt: v.string(),
  acknowledgedAt: v.optional(v.string()),
  acknowledgement: v.optional(AcknowledgementEntry),
  resolvedAt: v.optional(v.string()),
  resolution: v.optional(v.string()),
  // What to do; older versions do not say.
  advice: v.fallback(v.optional(v.string()), undefined),
});

/** An alert as the API shows it. */
export type ListedAlert = v.InferOutput<typeof ListedAlertSchema>;

/** Who acknowledged an alert, and what they noted. */
export type ListedAcknowledgement = v.InferOutput<typeof AcknowledgementEntry>;

/** How many entries of a list are asked for at once: as many as the API gives. */
export const pageSize = 500;

/** The alerts of a status, the newest opening first, at most `most` of them. */
export const readAlertsOf = (
  access: ApiAccess,
  status: string,
  most?: number,
): Promise<ListedAlert[]> => {
  const list = { path: "/v1/alerts", filters: { status }, limit: pageSize };
  return readFirst(readPages(access, list, ListedAlertSchema), most);
};

/** All alerts that are open: first those that are not acknowledged, then those that are, each the newest first. */
export const readOpenAlerts = async (access: ApiAccess): Promise<ListedAlert[]> => {
  // In this order: what is acknowledged between the two is in both, and not in neither.
  const open = await readAlertsOf(access, "open");
  const acknowledged = await readAlertsOf(access, "acknowledged");
  const ids = new Set(acknowledged.map(({ alertId }) => alertId));
  return [...open.filter(({ alertId }) => !ids.has(alertId)), ...acknowledged];
};

/** Who acknowledged, and on whose behalf. */
export const acknowledgerOf = ({ author, onBehalfOf }: ListedAcknowledgement): string =>
  onBehalfOf === undefined ? author : `${author} for ${onBehalfOf}`;
