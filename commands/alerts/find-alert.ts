import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
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

const shortest = 4;

const isMeant =
  (id: string) =>
  ({ alertId }: ListedAlert): boolean =>
    alertId.startsWith(id);

/**
 * An alert's id, or the beginning of one, with `alert-` before it. Throws UsageError where fewer than four characters come
 * after that: they might begin the id of an alert that was not meant.
 */
export const readAlertId = (given: string): string => {
  const own = given.startsWith(kind) ? given.slice(kind.length) : given;
  if (own.length >= shortest) return `${kind}${own}`;
  throw new UsageError(
    printable(
      `"${given}" is too short for an alert's id: give at least ${shortest} characters of what follows "${kind}"`,
    ),
  );
};

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
  const found = recent.find(isMeant(readAlertId(given))) ?? (await readOne(access, given));
  if (found === undefined)
    throw new CommandError(
      `no alert has the id ${printable(given)}: npm run alerts -- --open shows the ids of those that are open`,
    );
  return found.status === "resolved" ? refuseResolved(found) : found;
};

/**
 * The open alert with this id, or with the one id that begins so (also without `alert-`). Throws UsageError where the
 * beginning is too short, and CommandError where the alert is resolved or unknown, and where several begin so.
 */
export const findOpenAlert = async (access: ApiAccess, given: string): Promise<ListedAlert> => {
  const id = readAlertId(given);
  const open = await readOpenAlerts(access);
  const meant = open.filter(isMeant(id));
  const exact = meant.find(({ alertId }) => alertId === id);
  const [found, another] = exact === undefined ? meant : [exact];
  if (found === undefined) return readOther(access, given);
  if (another === undefined) return found;
  const ids = joinNames(meant.map(({ alertId }) => alertId));
  throw new CommandError(
    printable(`${given} begins the ids of ${meant.length} open alerts, ${ids}: give more of it`),
  );
};
