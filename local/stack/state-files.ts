import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where a run keeps what others read: `.local` in the working directory. */
export type StateFiles = {
  readonly directory: string;
  readonly stack: string;
  readonly assembly: string;
  readonly functionLog: string;
  readonly alerts: string;
};

/** Makes the directory, for its owner only, and names its files. */
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
