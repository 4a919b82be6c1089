import { CommandError } from "../../bridge/terminal/command-error.ts";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
import type { HeldMessage } from "../queues/receive-messages.ts";

/** Which messages a person means: all, or those whose ids begin so. */
export type Selection = {
  readonly all: boolean;
  readonly ids: readonly string[];
};

const shortest = 4;

/** The selection in the arguments. Throws UsageError when there is none, or an id too short to be one. */
export const readSelection = (
  action: string,
  ids: readonly string[],
  all: boolean | undefined,
): Selection => {
  if (all === true && ids.length > 0) throw new UsageError("give ids or --all, not both");
  if (all !== true && ids.length === 0)
    throw new UsageError(`${action}: give the ids that list shows, or --all`);
  const short = ids.find((id) => id.length < shortest);
  if (short !== undefined) throw new UsageError(`"${short}" is too short for an id`);
  return { all: all === true, ids };
};

/** Of the messages those that are meant. Throws CommandError for an id that none has. */
export const selectMessages = (
  messages: readonly HeldMessage[],
  { all, ids }: Selection,
): HeldMessage[] => {
  if (all) return [...messages];
  const missing = ids.find((id) => !messages.some((message) => message.id.startsWith(id)));
  if (missing !== undefined)
    throw new CommandError(`no rejected event has the id ${missing}: nothing was done`);
  return messages.filter((message) => ids.some((id) => message.id.startsWith(id)));
};
