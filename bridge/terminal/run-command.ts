import { explainError } from "./explain-error.ts";
import { watchParent } from "./parent-watch.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import { wrapWords } from "./wrap-words.ts";

// A pipe too shows it to people.
const usageColumns = 80;

/** What a command gets: its arguments, where to write, and for commands that clean up a signal that says "end now". */
export type CommandInvocation = {
  readonly args: readonly string[];
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/** A command: resolves to its exit code. */
export type Command = (invocation: CommandInvocation) => Promise<number>;

const isClosedPipe = (error: Error): boolean => "code" in error && error.code === "EPIPE";

/**
 * Aborted by the first Ctrl-C (or kill, or a closed pipe), and by the end of the npm that runs the command, which passes no
 * signal on; the second Ctrl-C ends the process at once.
 */
const createEndSignal = (interruptible: boolean): AbortSignal => {
  const controller = new AbortController();
  let isTold = false;
  const end = (): void => {
    if (isTold || !interruptible) process.exit(130);
    isTold = true;
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, end);
  // A Ctrl-C in a terminal reaches npm too: the end of npm, seen before or after it, is no second one.
  if (interruptible && process.env["npm_lifecycle_event"] !== undefined)
    watchParent(() => controller.abort(), true);
  process.stdout.on("error", (error) => {
    if (!isClosedPipe(error)) throw error;
    if (!interruptible) process.exit(0);
    controller.abort();
  });
  return controller.signal;
};

/** A pipe takes what is written when its reader does: what is still on its way would die with the process. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write("", () => resolve());
  });

const report = (error: unknown, usage: string, terminal: Terminal): number => {
  if (error instanceof UsageError) {
    // The reason last: on a small screen a long usage would push it out of sight.
    terminal.note(`${usage}\n\n${error.message}`);
    return 2;
  }
  terminal.note(explainError(error));
  if (process.env["DEBUG"] !== undefined && error instanceof Error)
    terminal.note(error.stack ?? "");
  return 1;
};

/** What is special about a command. `interruptible`: Ctrl-C aborts its signal. `version`: what `--version` prints. */
export type CommandOptions = {
  readonly interruptible: boolean;
  readonly version?: string;
};

/**
 * Runs a command as this process and ends the process with its exit code: 2 for a mistake in the call, 1 for an error.
 * `interruptible` commands see their signal aborted by Ctrl-C; the others end at once.
 */
export const runCommand = async (
  usageText: string,
  command: Command,
  options: CommandOptions = { interruptible: false },
): Promise<never> => {
  const terminal = createTerminal();
  const usage = wrapWords(usageText, usageColumns);
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    terminal.print(usage);
    process.exit(0);
  }
  if (options.version !== undefined && args.includes("--version")) {
    terminal.print(options.version);
    process.exit(0);
  }
  const signal = createEndSignal(options.interruptible);
  const code = await command({ args, terminal, signal }).catch((error: unknown) =>
    report(error, usage, terminal),
  );
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  // Kept-alive connections would hold the process open for seconds.
  process.exit(code);
};
