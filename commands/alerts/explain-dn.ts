import { printable } from "../../bridge/terminal/printable.ts";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import type { ApiAccess } from "../api/call-api.ts";
import { readFirst, readPages } from "../api/read-pages.ts";
import { decisionLines, ListedDecisionSchema } from "./decision-lines.ts";
import { pageSize } from "./listed-alert.ts";
import { type DnWanted, presentStatusLines } from "./present-status.ts";

const newest = 10;

/** How the losses of a DN are shown. `all`: every one, and not the newest ten only. */
export type Explanation = { readonly json: boolean; readonly all: boolean };

const readLosses = (access: ApiAccess, { thisDN, server }: DnWanted, all: boolean) => {
  const list = {
    path: "/v1/decisions",
    filters: { thisDN, server },
    limit: all ? pageSize : newest + 1,
  };
  const entries = readPages(access, list, ListedDecisionSchema);
  // One more than is shown: whether there is one, no cursor says.
  return readFirst(entries, all ? undefined : newest + 1);
};

const absent = ({ thisDN, server }: DnWanted, status: readonly string[] | undefined): string => {
  const where = server === undefined ? "" : ` on ${server}`;
  return status?.length === 0
    ? `DN ${thisDN}${where} is unknown: no event has ever named it. DNs are spelled as the T-Server spells them`
    : `DN ${thisDN}${where} has never been lost unexpectedly: there was nothing to alert`;
};

/** Says why there was, or was not, an alert about a DN, loss by loss, the newest first; false where the DN is unknown. */
export const explainDn = async (
  access: ApiAccess,
  wanted: DnWanted,
  { terminal, json, all }: Explanation & { readonly terminal: Terminal },
): Promise<boolean> => {
  const losses = await readLosses(access, wanted, all);
  const shown = all ? losses : losses.slice(0, newest);
  const status = await presentStatusLines(access, wanted);
  if (json) for (const loss of shown) terminal.print(JSON.stringify(loss));
  else {
    for (const line of status ?? []) terminal.printText(line);
    for (const loss of shown) {
      terminal.print("");
      for (const line of decisionLines(loss)) terminal.printText(line);
    }
  }
  if (status === undefined)
    terminal.note("its present status is not shown: the token lacks the scope registrations:read");
  if (losses.length === 0) {
    const show = json ? terminal.note : terminal.printText;
    show(printable(absent(wanted, status)));
  }
  if (losses.length > shown.length)
    terminal.note(`\nthe newest ${shown.length} losses are shown, older ones are left out: --all`);
  return losses.length > 0 || status?.length !== 0;
};
