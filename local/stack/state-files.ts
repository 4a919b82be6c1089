import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** The files of a run that other programs read, in `.local` in the working directory. */
export type StateFiles = {
  readonly directory: string;
  readonly stack: string;
  readonly assembly: string;
  readonly functionLog: string;
  readonly alerts: string;
};

/** Makes the directory, readable by its owner only, and names its files. */
export const prepareStateFiles = (): StateFiles => {
  const directory = resolve(".local");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return {
    directory,
    stack: join(directory, "stack.json"),
    assembly: join(directory, "cdk.out"),
    functionLog: join(directory, "functions.log"),
    alerts: join(directory, "alerts.ndjson"),
  };
};
