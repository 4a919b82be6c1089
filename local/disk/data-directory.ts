import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { StartFailure } from "../command/start-failure.ts";
import type { Shutdown } from "../processes/shutdown.ts";
import { closeToOthers } from "./close-to-others.ts";
import { lockDirectory } from "./directory-lock.ts";
import { hasSpace, isNoSpaceError } from "./disk-space.ts";
import { makeDirectory, pathProblem } from "./make-directory.ts";

const fullText = (directory: string): string =>
  `There is no space left on the disk of ${directory} (--data). Free some space there, or use another directory. The data that it holds is kept.`;

const refuse = (directory: string, cause: unknown): never => {
  if (cause instanceof StartFailure) throw cause;
  if (isNoSpaceError(cause)) throw new StartFailure(fullText(directory), { cause });
  throw new StartFailure(
    `--data ${directory} cannot hold the tables: ${pathProblem(cause)}. Give a directory that exists, or can be made, and that you may write to.`,
    { cause },
  );
};

/** What earlier versions wrote with the modes of the user, or a copy that was put back may have. */
const ownFiles = [
  "access.json",
  "access.json.new",
  "stream-checkpoints.json",
  "stream-checkpoints.json.new",
  "dynoxide.db",
  "dynoxide.db-wal",
  "dynoxide.db-shm",
  "shared-local-instance.db",
];

const closeFiles = (directory: string): void => {
  for (const file of ownFiles) closeToOthers(join(directory, file));
};

/** Makes the directory of `--data` unless it exists. Throws StartFailure when it cannot be made, or its disk is full. */
export const prepareDataDirectory = (directory: string): void => {
  try {
    makeDirectory(directory);
  } catch (error) {
    refuse(directory, error);
  }
  if (!hasSpace(directory)) throw new StartFailure(fullText(directory));
};

const openText = (directory: string): string =>
  `Other users of this machine can look into ${directory} (--data). They cannot read the files that the stack makes there, but a directory of your own (mode 700) is better.`;

/**
 * Prepares the directory of `--data` and makes it this process's own until the shutdown. Returns a warning where other users
 * may look into it. Throws StartFailure when it cannot be used, or is in use.
 */
export const claimDataDirectory = async (
  directory: string,
  shutdown: Shutdown,
): Promise<string | undefined> => {
  prepareDataDirectory(directory);
  try {
    const real = realpathSync(directory);
    await lockDirectory(real, shutdown);
    closeFiles(real);
    return (statSync(real).mode & 0o077) === 0 ? undefined : openText(directory);
  } catch (error) {
    return refuse(directory, error);
  }
};
