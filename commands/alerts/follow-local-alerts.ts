import { isRunning } from "../../bridge/running-stack.ts";
import { sleep } from "../../bridge/terminal/sleep.ts";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import type { LocalStackDetails } from "../stacks/stack.ts";
import { alertLine } from "./alert-line.ts";
import { followLines } from "./follow-lines.ts";

const lookEveryMs = 200;

/** Prints the alerts since the local stack started, then each new one, until the stack or the person ends it. */
export const followLocalAlerts = async (
  { alertsFile, pid }: Pick<LocalStackDetails, "alertsFile" | "pid">,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> => {
  let first = true;
  const goesOn = async (): Promise<boolean> => {
    if (!first) await sleep(lookEveryMs, signal);
    first = false;
    return !signal.aborted && isRunning(pid);
  };
  await followLines({ path: alertsFile, goesOn }, (line) =>
    terminal.printText(alertLine(line, terminal.colour)),
  );
  if (!signal.aborted) terminal.note("the local stack has ended");
};
