import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { isNoSpaceError } from "../../local/disk/disk-space.ts";
import type { Shutdown } from "../../local/processes/shutdown.ts";
import { NotPossible } from "./not-possible.ts";

/** A disk of its own, so small that it can be filled. */
export type SmallDisk = {
  /** Takes what is left of it. */
  readonly fill: () => void;
  /** Gives back what `fill` took. */
  readonly makeRoom: () => void;
};

const megabytes = 32;
// The process that holds the disk waits for the end of our pipe, so that the disk is unmounted however we end.
const hold = `"$2" -t tmpfs -o size=${megabytes}m tmpfs "$1" || exit 1
echo mounted
cat >/dev/null
umount -l "$1"`;

/** Mounts a disk in a folder, until the shutdown. Throws NotPossible where that may not be done. */
export const mountSmallDisk = async (
  folder: string,
  shutdown: Shutdown,
  mount = "mount",
): Promise<SmallDisk> => {
  mkdirSync(folder);
  const holder = spawn("/bin/sh", ["-c", hold, "hold", folder, mount], { detached: true });
  const errors = text(holder.stderr);
  const exit = once(holder, "exit");
  shutdown.add(() => {
    holder.stdin.end();
    return exit;
  });
  const ended = exit.then(async () => {
    const [why] = (await errors).split("\n");
    throw new NotPossible(
      `filling a disk needs the right to mount one: run as root on Linux, or under \`unshare -rm\` (${why})`,
    );
  });
  ended.catch(() => undefined);
  await Promise.race([once(holder.stdout, "data"), ended]);
  const ballast = join(folder, "ballast");
  return {
    fill: () => fill(ballast),
    makeRoom: () => rmSync(ballast, { force: true }),
  };
};

const blockBytes = 4096;

// Never more than the disk could hold: where it is no longer mounted, the folder is on another disk.
const fill = (file: string): void => {
  const block = Buffer.alloc(blockBytes);
  const most = (megabytes * 1024 * 1024) / blockBytes;
  for (let count = 0; count <= most; count += 1) if (!append(file, block)) return;
  rmSync(file);
  throw new Error(`${file} is not on a disk of its own`);
};

const append = (file: string, block: Buffer): boolean => {
  try {
    appendFileSync(file, block);
    return true;
  } catch (error) {
    if (isNoSpaceError(error)) return false;
    throw error;
  }
};
