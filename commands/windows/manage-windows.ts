import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { joinNames } from "../../lambda/domain/bounds.ts";
import { type ApiAccess, ApiRefusal, callApi } from "../api/call-api.ts";
import { readFirst, readPages } from "../api/read-pages.ts";
import {
  coverageText,
  type ListedWindow,
  ListedWindowSchema,
  windowLines,
} from "./listed-window.ts";
import type { WindowPlan } from "./read-plan.ts";

/** What the command for maintenance windows works with; `now` in milliseconds since 1970. */
export type WindowsContext = {
  readonly access: ApiAccess;
  readonly terminal: Terminal;
  readonly stageOption: string;
  readonly json: boolean;
  readonly now: number;
};

const path = "/v1/maintenance-windows";
const pageSize = 100;

const readWindowsOf = (access: ApiAccess): Promise<ListedWindow[]> =>
  readFirst(readPages(access, { path, filters: {}, limit: pageSize }, ListedWindowSchema));

const show = (window: ListedWindow, { terminal, now }: WindowsContext): void => {
  for (const line of windowLines(window, now)) terminal.printText(line);
};

/** Prints the windows that are not over, those that begin first before the others. */
export const printWindows = async (context: WindowsContext): Promise<void> => {
  const { access, terminal, json } = context;
  const windows = await readWindowsOf(access);
  windows.sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  const none = "no maintenance window is in force or planned";
  if (json) for (const window of windows) terminal.print(JSON.stringify(window));
  else
    for (const [index, window] of windows.entries()) {
      if (index > 0) terminal.print("");
      show(window, context);
    }
  if (windows.length === 0) (json ? terminal.note : terminal.print)(none);
};

/** Plans a window, and says which and how to end it. */
export const addWindow = async (context: WindowsContext, plan: WindowPlan): Promise<void> => {
  const { access, terminal, json, stageOption } = context;
  const schema = v.object({ data: ListedWindowSchema });
  const { data: window } = await callApi(access, { method: "POST", path, ...plan }, schema);
  if (json) terminal.print(JSON.stringify(window));
  else show(window, context);
  terminal.note("alerts that are open already stay open; to end the window early:");
  terminal.noteCommand(`  npm run windows -- end ${window.id}${stageOption}`);
};

// Decisions name a window so.
const withoutKind = (given: string): string => given.replace(/^window\//, "");

const findWindowOf = async (access: ApiAccess, given: string): Promise<ListedWindow> => {
  const id = withoutKind(given);
  const meant = (await readWindowsOf(access)).filter((window) => window.id.startsWith(id));
  const exact = meant.find((window) => window.id === id);
  const [found, another] = exact === undefined ? meant : [exact];
  if (found === undefined)
    throw new CommandError(
      `no maintenance window that is in force or planned has the id ${printable(id)}: npm run windows -- list shows them`,
    );
  if (another === undefined) return found;
  const ids = joinNames(meant.map((window) => window.id));
  throw new CommandError(
    printable(`${id} begins the ids of ${meant.length} windows, ${ids}: give more of it`),
  );
};

/** Ends a window early, by its id or the beginning of it. What it held back and is still lost is alerted then. */
export const endWindow = async (context: WindowsContext, given: string): Promise<void> => {
  const { access, terminal } = context;
  const window = await findWindowOf(access, given);
  try {
    const one = `${path}/${encodeURIComponent(window.id)}`;
    await callApi(access, { method: "DELETE", path: one }, v.undefined());
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status !== 404) throw error;
    throw new CommandError(`the window ${window.id} is over already`, { cause: error });
  }
  terminal.printText(
    printable(`ended: the window for ${coverageText(window)} (${window.reason}), ${window.id}`),
  );
  terminal.note("what it held back and is still lost is alerted now");
};

/**
 * The arguments with an id of a window that begins with a dash, which one in 64 does, written so that it is no option.
 */
export const shieldWindowId = (args: readonly string[]): string[] =>
  args.map((arg) => (/^-[\w-]{21}$/.test(arg) ? `window/${arg}` : arg));
