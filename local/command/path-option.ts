import { resolve } from "node:path";
import { StartFailure } from "./start-failure.ts";

/** Reads an option that is a directory, absolute then. Throws StartFailure for what cannot be the path of one. */
export const readPathOption = (name: string, text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  if (text.trim() === "") throw new StartFailure(`${name}: give the path of a directory.`);
  if (text.includes("\0")) throw new StartFailure(`${name}: a path cannot have a NUL character.`);
  if (text.startsWith("~")) {
    throw new StartFailure(
      `${name} ${text}: the shell did not replace the ~. Write "${name} ~/…" without quotes and without "=", or the whole path; for a directory of that name, ./${text}.`,
    );
  }
  return resolve(text);
};
