import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Shutdown } from "../processes/shutdown.ts";

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

/** A directory for what ends with this process, in memory where there is enough of it, and the function that removes it. */
export const makeScratchDirectory = (shutdown: Shutdown, parent = inMemory) => {
  const directory = mkdtempSync(join(isRoomy(parent) ? parent : tmpdir(), "dn-registration-"));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  shutdown.add(remove);
  return { directory, remove };
};
