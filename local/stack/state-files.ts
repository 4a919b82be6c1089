import { join, resolve } from "node:path";
import { StartFailure } from "../command/start-failure.ts";
import { closeToOthers } from "../disk/close-to-others.ts";
import { makeDirectory, pathProblem } from "../disk/make-directory.ts";

/** The files of a run that other programs read, in `.local` in the working directory. */
export type StateFiles = {
  readonly directory: string;
  readonly stack: string;
  readonly assembly: string;
  readonly functionLog: string;
  readonly alerts: string;
};

/** Makes the directory, readable by its owner only with all that an earlier run left there, and names its files. Throws StartFailure where it cannot be made. */
export const prepareStateFiles = (): StateFiles => {
  const directory = resolve(".local");
  try {
    makeDirectory(directory);
  } catch (cause) {
    throw new StartFailure(
      `${directory}, where the stack says how to reach it, cannot be made: ${pathProblem(cause)}. Start it in a directory that you may write to.`,
      { cause },
    );
  }
  const files = {
    directory,
    stack: join(directory, "stack.json"),
    assembly: join(directory, "cdk.out"),
    functionLog: join(directory, "functions.log"),
    alerts: join(directory, "alerts.ndjson"),
  };
  for (const path of [...Object.values(files), join(directory, "dynamodb.log")])
    closeToOthers(path);
  return files;
};
