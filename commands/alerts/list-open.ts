import { printable } from "../../bridge/terminal/printable.ts";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import type { ApiAccess } from "../api/call-api.ts";
import { readableTime } from "../shell/readable-time.ts";
import { timeSpanText } from "../shell/time-span.ts";
import { paint } from "./alert-line.ts";
import { acknowledgerOf, type ListedAlert, readOpenAlerts } from "./listed-alert.ts";

const whoHasIt = ({ acknowledgement, acknowledgedAt }: ListedAlert): string => {
  if (acknowledgement === undefined) return "not acknowledged";
  const { note } = acknowledgement;
  const when = acknowledgedAt === undefined ? "" : ` at ${readableTime(acknowledgedAt)}`;
  const who = `acknowledged by ${acknowledgerOf(acknowledgement)}${when}`;
  return note === undefined ? who : `${who}: ${note}`;
};

/** The lines for an alert that is open at a moment (milliseconds since 1970): its id, since when, its title, who has it. */
export const openAlertLines = (alert: ListedAlert, now: number): string[] => {
  const { alertId, severity, openedAt, title, count, advice } = alert;
  const age = timeSpanText(now - Date.parse(openedAt));
  const dns = count > 1 ? [`${count.toLocaleString("en")} DNs`] : [];
  return [
    alertId,
    `  ${[severity, `open since ${readableTime(openedAt)} (${age})`, ...dns].join(", ")}`,
    `  ${title}`,
    ...(advice === undefined ? [] : [`  ${advice}`]),
    `  ${whoHasIt(alert)}`,
  ].map(printable);
};

const summary = (alerts: readonly ListedAlert[]): string => {
  const untaken = alerts.filter(({ acknowledgement }) => acknowledgement === undefined).length;
  const open = alerts.length === 1 ? "1 alert is open" : `${alerts.length} alerts are open`;
  return `${open}, ${untaken === 0 ? "all acknowledged" : `${untaken} not acknowledged`}`;
};

/** How a list is shown. `now`: the moment, in milliseconds since 1970. */
export type OpenListing = {
  readonly json: boolean;
  readonly stageOption: string;
  readonly now: number;
};

/** Prints every alert that is open; as JSON an object a line. */
export const listOpen = async (
  access: ApiAccess,
  terminal: Terminal,
  { json, stageOption, now }: OpenListing,
): Promise<void> => {
  const alerts = await readOpenAlerts(access);
  if (json) {
    for (const alert of alerts) terminal.print(JSON.stringify(alert));
    if (alerts.length === 0) terminal.note("no alert is open");
    return;
  }
  for (const [index, alert] of alerts.entries()) {
    const [id = "", ...lines] = openAlertLines(alert, now);
    if (index > 0) terminal.print("");
    terminal.print(paint(id, alert.severity, terminal.colour));
    for (const line of lines) terminal.printText(line);
  }
  if (alerts.length === 0) return terminal.print("no alert is open");
  terminal.note(`\n${summary(alerts)}; to take one over, or to see why:`);
  terminal.noteCommand(`  npm run alerts -- ack ID --note "TEXT" --author NAME${stageOption}`);
  terminal.noteCommand(`  npm run alerts -- why DN${stageOption}`);
};
