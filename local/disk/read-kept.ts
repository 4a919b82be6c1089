import { readFileSync } from "node:fs";
import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/**
 * Reads a file that an earlier run has kept; undefined when there is none. Throws StartFailure, with what to do, when it cannot
 * be read: its text is not shown, as it may be secret.
 */
export const readKept = <T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  whatToDo: string,
): T | undefined => {
  try {
    return v.parse(schema, readFileSync(path, "utf8"));
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    const why =
      cause instanceof v.ValiError || !(cause instanceof Error)
        ? "it is not what an earlier run wrote"
        : cause.message;
    throw new StartFailure(`${path} cannot be read: ${why}. ${whatToDo}`, { cause });
  }
};
