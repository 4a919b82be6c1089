import { mkdirSync } from "node:fs";
import { StartFailure } from "../command/start-failure.ts";
import { hasSpace, isNoSpaceError } from "./disk-space.ts";

const make = (directory: string): boolean => {
  try {
    mkdirSync(directory, { recursive: true });
    return true;
  } catch (error) {
    if (isNoSpaceError(error)) return false;
    const why = error instanceof Error ? error.message : String(error);
    throw new StartFailure(`--data ${directory} cannot be a directory here: ${why}`, {
      cause: error,
    });
  }
};

/** Makes the directory of `--data` unless it exists. Throws StartFailure when it cannot be made, or its disk is full. */
export const prepareDataDirectory = (directory: string): void => {
  if (!make(directory) || !hasSpace(directory)) {
    throw new StartFailure(
      `There is no space left on the disk of ${directory} (--data). Free some space there, or use another directory. The data that it holds is kept.`,
    );
  }
};
