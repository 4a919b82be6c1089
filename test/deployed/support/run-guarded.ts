import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { ScriptRun } from "../../support/run-script.ts";

/** How to run a program: where, with which environment (nothing else), and which directory to remove after it. */
export type GuardOptions = {
  readonly environment: Readonly<Record<string, string>>;
  readonly removes?: string;
};

const project = join(import.meta.dirname, "../../..");
const guard = join(import.meta.dirname, "guard.ts");

/**
 * Starts a program, in the project's directory. When its stdin ends, or this process does, however it ends, then the
 * program is killed with all that it has started.
 */
export const startGuarded = (
  command: readonly string[],
  { environment, removes = "" }: GuardOptions,
) =>
  spawn(process.execPath, [guard, removes, ...command], {
    cwd: project,
    // Out of the terminal's reach: the guard has to outlive a Ctrl-C, to clean up.
    detached: true,
    env: { ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });

/** Runs a program to its end, as `startGuarded` does. */
export const runGuarded = async (
  command: readonly string[],
  options: GuardOptions,
): Promise<ScriptRun> => {
  const child = startGuarded(command, options);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
};
