import { readFile } from "node:fs/promises";
import { CommandError } from "./command-error.ts";
import { givenPath } from "./given-path.ts";

const explain = (path: string, error: unknown): string => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return `there is no file ${path}`;
  if (code === "EISDIR") return `${path} is a folder: give the files in it`;
  return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
};

/** The text of a file that a person named. Throws CommandError where it cannot be read. */
export const readTextFile = async (path: string): Promise<string> => {
  try {
    return await readFile(givenPath(path), "utf8");
  } catch (error) {
    throw new CommandError(explain(path, error), { cause: error });
  }
};
