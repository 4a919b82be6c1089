import { chmodSync, type Stats, statSync } from "node:fs";

const isForbidden = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "EPERM";

/** Undefined for what is neither, such as a link to /dev/null: its modes are not ours. */
const closedMode = (stats: Stats | undefined): number | undefined => {
  if (stats?.isDirectory() === true) return 0o700;
  return stats?.isFile() === true ? 0o600 : undefined;
};

/** Makes a file or directory, if it exists, its owner's only. One of another owner, or on a disk without modes, stays as it is. */
export const closeToOthers = (path: string): void => {
  const stats = statSync(path, { throwIfNoEntry: false });
  const mode = closedMode(stats);
  if (stats === undefined || mode === undefined || (stats.mode & 0o777) === mode) return;
  try {
    chmodSync(path, mode);
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
};
