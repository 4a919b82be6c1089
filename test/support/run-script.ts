import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { compileCache } from "./compile-cache.ts";

/** The result of a command of the project. */
export interface ScriptRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it: its input, its environment, and the text on stderr at which it is interrupted as by Ctrl-C. */
export interface ScriptOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly interruptAt?: string;
}

/** Runs a script of the project, with this Node. */
export const runScript = async (
  script: string,
  args: readonly string[],
  { input = "", environment = {}, interruptAt }: ScriptOptions = {},
): Promise<ScriptRun> => {
  const file = join(import.meta.dirname, "../..", script);
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...compileCache, ...environment },
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  child.stdin.end(input);
  child.stderr.on("data", (chunk: Buffer) => {
    if (interruptAt !== undefined && chunk.includes(interruptAt)) child.kill("SIGINT");
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
};
