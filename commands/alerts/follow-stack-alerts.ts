import type { CommandInvocation } from "../../bridge/terminal/run-command.ts";
import type { Stack } from "../stacks/stack.ts";
import { followLocalAlerts } from "./follow-local-alerts.ts";

/** Prints each alert until the person, or the local stack, ends it. */
export const followStackAlerts = async (
  stack: Stack,
  { terminal, signal }: Omit<CommandInvocation, "args">,
): Promise<void> => {
  terminal.note(`alerts of ${stack.title}; Ctrl-C ends`);
  if (stack.local !== undefined) return followLocalAlerts(stack.local, terminal, signal);
  // The local stack needs no clients of AWS: loading them takes a tenth of a second.
  const { followTopic } = await import("./follow-topic.ts");
  return followTopic(stack, terminal, signal);
};
