import { readFile } from "node:fs/promises";
import { CommandError } from "./command-error.ts";
import { explainReadError } from "./explain-read-error.ts";
import { givenPath } from "./given-path.ts";

/** The text of a file that a person named. Throws CommandError where it cannot be read. */
export const readTextFile = async (path: string): Promise<string> => {
  try {
    return await readFile(givenPath(path), "utf8");
  } catch (error) {
    throw new CommandError(explainReadError(path, error), { cause: error });
  }
};
