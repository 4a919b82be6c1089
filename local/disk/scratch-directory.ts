import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartFailure } from "../command/start-failure.ts";
import type { Shutdown } from "../processes/shutdown.ts";
import { pathProblem } from "./make-directory.ts";

/** Memory that looks like a disk. Containers often have 64 MB of it, too little for a day of events. */
const inMemory = "/dev/shm";
const leastBytes = 1024 ** 3;

const isRoomy = (directory: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= leastBytes;
  } catch {
    return false;
  }
};

const makeIn = (parent: string): string => {
  try {
    return mkdtempSync(join(parent, "dn-registration-"));
  } catch (cause) {
    throw new StartFailure(
      `The tables cannot be in the temporary directory ${parent}: ${pathProblem(cause)}. Name another one: TMPDIR=… npm start`,
      { cause },
    );
  }
};

/** A directory for what ends with this process, in memory where there is enough of it, its parent, and the function that removes it. */
export const makeScratchDirectory = (shutdown: Shutdown, parent = inMemory) => {
  const chosen = isRoomy(parent) ? parent : tmpdir();
  const directory = makeIn(chosen);
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  shutdown.add(remove);
  return { directory, parent: chosen, remove };
};
