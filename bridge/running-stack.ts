import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import * as v from "valibot";
import { CommandError } from "./terminal/command-error.ts";

/** Where the local stack says what it consists of while it runs: in the working directory, which npm makes the project. */
const stackFile = resolve(".local", "stack.json");

/** Whether a process with this id exists, also where it belongs to another user. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

const readText = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
};

/**
 * What the file of the local stack says, or undefined when no stack runs on this machine (a file left by one that
 * crashed does not count). Throws CommandError where the file does not fit the schema.
 */
export const readRunningStack = async <T extends { readonly pid: number }>(
  schema: v.GenericSchema<unknown, T>,
  file = stackFile,
): Promise<T | undefined> => {
  const text = await readText(file);
  if (text === undefined) return undefined;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (!parsed.success)
    throw new CommandError(
      `${file} cannot be read: stop the local stack, remove the file, and start it again`,
    );
  return isRunning(parsed.output.pid) ? parsed.output : undefined;
};
