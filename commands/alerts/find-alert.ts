import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import { joinNames } from "../../lambda/domain/bounds.ts";
import { type ApiAccess, ApiRefusal, callApi } from "../api/call-api.ts";
import { readableTime } from "../shell/readable-time.ts";
import {
  type ListedAlert,
  ListedAlertSchema,
  pageSize,
  readAlertsOf,
  readOpenAlerts,
} from "./listed-alert.ts";

const kind = "alert-";

const isMeant =
  (given: string) =>
  ({ alertId }: ListedAlert): boolean =>
    alertId.startsWith(given) || alertId.startsWith(`${kind}${given}`);

const readOne = async (access: ApiAccess, alertId: string): Promise<ListedAlert | undefined> => {
  const path = `/v1/alerts/${encodeURIComponent(alertId)}?limit=1`;
  try {
    const schema = v.object({ data: ListedAlertSchema });
    return (await callApi(access, { method: "GET", path }, schema)).data;
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return undefined;
    throw error;
  }
};

const refuseResolved = ({ alertId, resolvedAt, resolution }: ListedAlert): never => {
  const when = resolvedAt === undefined ? "" : ` since ${readableTime(resolvedAt)}`;
  const how = resolution === undefined ? "" : ` (${resolution})`;
  throw new CommandError(
    printable(`${alertId} is resolved${when}${how}: there is nothing left to acknowledge`),
  );
};

// What is not in the list of open alerts: resolved, or opened so recently that the list lags, or unknown.
const readOther = async (access: ApiAccess, given: string): Promise<ListedAlert> => {
  const recent = await readAlertsOf(access, "resolved", pageSize);
  const found = recent.find(isMeant(given)) ?? (await readOne(access, given));
  if (found === undefined)
    throw new CommandError(
      `no alert has the id ${printable(given)}: npm run alerts -- --open shows the ids of those that are open`,
    );
  return found.status === "resolved" ? refuseResolved(found) : found;
};

/**
 * The open alert with this id, or with the one id that begins so (also without `alert-`). Throws CommandError where it is
 * resolved or unknown, and where several begin so.
 */
export const findOpenAlert = async (access: ApiAccess, given: string): Promise<ListedAlert> => {
  const open = await readOpenAlerts(access);
  const meant = open.filter(isMeant(given));
  const exact = meant.find(({ alertId }) => alertId === given || alertId === `${kind}${given}`);
  const [found, another] = exact === undefined ? meant : [exact];
  if (found === undefined) return readOther(access, given);
  if (another === undefined) return found;
  const ids = joinNames(meant.map(({ alertId }) => alertId));
  throw new CommandError(
    printable(`${given} begins the ids of ${meant.length} open alerts, ${ids}: give more of it`),
  );
};
