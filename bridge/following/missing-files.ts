import { isNextMissing } from "./order-of-rotation.ts";
import type { Scene } from "./scene.ts";

/**
 * The inode of the last open file where it is removed, and later files than the followed one are there: rotation went on so
 * far that others between may have been removed too.
 */
export const overtakenIn = ({ files, live, found, copied }: Scene): string[] => {
  const last = live.at(-1);
  const isThere = files.some(({ inode }) => inode === last?.inode);
  const isOvertaken = found.some(({ file, generation }) => !file.isFollowed && !generation);
  if (last === undefined || isThere || copied.has(last.inode) || !isOvertaken) return [];
  return [last.inode];
};

/** The inode of a file that is still to be read, behind which the numbers of rotated files have a hole. */
export const holedIn = ({ ledger, places, files, live, isSteady }: Scene): string | undefined => {
  // What is removed and open leaves a hole, but nothing is missing.
  if (!isSteady || live.some(({ inode }) => files.every((file) => file.inode !== inode)))
    return undefined;
  const known = ledger.all();
  const older = known.filter(({ isDone }) => isDone).flatMap(({ id }) => places.get(id) ?? []);
  const left = known.filter(({ isDone }) => !isDone).flatMap(({ id }) => places.get(id) ?? []);
  const olderInodes = new Set(older.map(({ inode }) => inode));
  const others = files.filter((one) => !one.isFollowed && !olderInodes.has(one.inode));
  return left.find(
    (file) =>
      !file.isFollowed &&
      isNextMissing(
        file,
        others.filter(({ inode }) => inode !== file.inode),
        older,
      ),
  )?.inode;
};
