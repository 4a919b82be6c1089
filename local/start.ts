import { watchParent } from "../bridge/terminal/parent-watch.ts";
import { createTerminal } from "../bridge/terminal/terminal.ts";
import { localUsage, readLocalOptions } from "./command/local-options.ts";
import { StartFailure } from "./command/start-failure.ts";
import { createShutdown } from "./processes/shutdown.ts";
import { startStack } from "./stack/start-stack.ts";

// `npm start` runs the stacks that deploy to AWS on this machine.
const shutdown = createShutdown();
const terminal = createTerminal();
// The reader of our output may end before us.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);

const end = async (exitCode: number, line?: string): Promise<void> => {
  if (shutdown.started()) return;
  if (line !== undefined) terminal.note(line);
  setTimeout(() => process.exit(exitCode), 4000).unref();
  await shutdown.run();
  process.exit(exitCode);
};

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => void end(0));
}
watchParent(() => void end(0), process.env["npm_lifecycle_event"] !== undefined);
process.on("uncaughtException", (error) => void end(1, String(error.stack)));

/** What the system refuses is no fault of ours: its message names the path and what was tried. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof StartFailure ||
  (error instanceof Error && "syscall" in error && "code" in error);

const failureText = (error: unknown): string => {
  if (isRefusal(error)) return error.message;
  return error instanceof Error ? String(error.stack) : String(error);
};

try {
  const options = readLocalOptions(process.argv.slice(2), process.env["PORT"]);
  if ("kind" in options) terminal.print(localUsage);
  else {
    await startStack(options, {
      say: terminal.printText,
      print: terminal.print,
      shutdown,
      onDeath: (what) => void end(1, `\n${what} has ended, so the local stack ends too.`),
    });
  }
} catch (error) {
  await end(1, `\n${failureText(error)}`);
}
