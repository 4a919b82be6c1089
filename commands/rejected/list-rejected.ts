import type { HeldMessage } from "../queues/receive-messages.ts";
import { groupByProblem, groupLines } from "./problem-groups.ts";
import { readRejected, rejectedLines, shortId } from "./rejected-message.ts";
import { type GroupWanted, isInGroup } from "./select-messages.ts";
import { type RejectedContext, withMessages } from "./with-messages.ts";

const printGroups = (messages: readonly HeldMessage[], context: RejectedContext): void => {
  const { terminal, stageOption } = context;
  for (const group of groupByProblem(messages)) {
    const { lines, command } = groupLines(group, stageOption);
    for (const line of lines) terminal.printText(line);
    terminal.print(`  ${command}\n`);
  }
  const unreadable = messages.filter(({ body }) => readRejected(body) === undefined);
  for (const { id } of unreadable)
    terminal.print(`${shortId(id)}  a message that cannot be read: drop it`);
};

/** How rejected events are listed: by bridge and problem, or `each` with its id; all, or those of a group. */
export type RejectedListing = { readonly each: boolean; readonly group: GroupWanted };

/** Prints the rejected events, the oldest first, and leaves them where they are. */
export const listRejected = (
  context: RejectedContext,
  { each, group }: RejectedListing,
): Promise<void> =>
  withMessages(context, async (messages) => {
    const { terminal, stageOption } = context;
    const shown = messages.filter(({ body }) => isInGroup(body, group));
    if (each)
      for (const { id, body } of shown)
        for (const line of rejectedLines(id, body)) terminal.print(line);
    else printGroups(shown, context);
    if (shown.length === 0) return terminal.note("no rejected events");
    terminal.note(`${shown.length} rejected`);
    if (!each)
      terminal.note(`each of them, with its id: npm run rejected -- list --each${stageOption}`);
  });
