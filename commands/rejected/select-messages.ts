import { CommandError } from "../../bridge/terminal/command-error.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
import type { HeldMessage } from "../queues/receive-messages.ts";
import { placeOf, readRejected } from "./rejected-message.ts";

/** Events of a bridge, with a problem: its code, or its code and place (`missing/InfoType`). What is absent is any. */
export type GroupWanted = {
  readonly bridge?: string | undefined;
  readonly problem?: string | undefined;
};

/** Which messages a person means: all, those whose ids begin so, or those of a group. */
export type Selection =
  | { readonly kind: "all" }
  | { readonly kind: "ids"; readonly ids: readonly string[] }
  | { readonly kind: "group"; readonly group: GroupWanted };

const shortest = 4;

/** What a person gave to select messages by. */
export type SelectionGiven = GroupWanted & {
  readonly ids: readonly string[];
  readonly all?: boolean | undefined;
};

/** The selection in the arguments. Throws UsageError when there is none or more than one, or an id too short to be one. */
export const readSelection = (
  action: string,
  { ids, all = false, bridge, problem }: SelectionGiven,
): Selection => {
  const isGroup = bridge !== undefined || problem !== undefined;
  if (all && ids.length > 0) throw new UsageError("give ids or --all, not both");
  if (isGroup && (all || ids.length > 0))
    throw new UsageError("--bridge and --problem choose by themselves: give no ids, and not --all");
  if (isGroup) return { kind: "group", group: { bridge, problem } };
  if (all) return { kind: "all" };
  if (ids.length === 0)
    throw new UsageError(
      `${action}: give the ids that list shows, --bridge and --problem, or --all`,
    );
  const short = ids.find((id) => id.length < shortest);
  if (short !== undefined) throw new UsageError(`"${short}" is too short for an id`);
  return { kind: "ids", ids };
};

/** Whether a message's event belongs to a group. */
export const isInGroup = (body: string, { bridge, problem }: GroupWanted): boolean => {
  const rejected = readRejected(body);
  if (rejected === undefined) return bridge === undefined && problem === undefined;
  if (bridge !== undefined && rejected.application !== bridge) return false;
  const names = rejected.problems.flatMap((one) => [one.code, one.code + placeOf(rejected, one)]);
  return problem === undefined || names.includes(problem);
};

const describeGroup = ({ bridge, problem }: GroupWanted): string =>
  [
    ...(bridge === undefined ? [] : [`of ${bridge}`]),
    ...(problem === undefined ? [] : [`with the problem ${problem}`]),
  ].join(" ");

/** Of the messages those that are meant. Throws CommandError for an id or a group that none has. */
export const selectMessages = (
  messages: readonly HeldMessage[],
  selection: Selection,
): HeldMessage[] => {
  if (selection.kind === "all") return [...messages];
  if (selection.kind === "group") {
    const { group } = selection;
    const chosen = messages.filter(({ body }) => isInGroup(body, group));
    if (chosen.length > 0) return chosen;
    throw new CommandError(
      printable(`there is no rejected event ${describeGroup(group)}: nothing was done`),
    );
  }
  const { ids } = selection;
  const missing = ids.find((id) => !messages.some((message) => message.id.startsWith(id)));
  if (missing !== undefined)
    throw new CommandError(`no rejected event has the id ${missing}: nothing was done`);
  return messages.filter((message) => ids.some((id) => message.id.startsWith(id)));
};
