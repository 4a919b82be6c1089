import { statfsSync } from "node:fs";

// What an engine needs to store one full request.
const leastBytes = 1024 * 1024;
const fullCodes = new Set(["ENOSPC", "EDQUOT"]);

/** Whether an error says that there is no space on the disk. */
export const isNoSpaceError = (error: unknown): boolean =>
  error instanceof Error && "code" in error && fullCodes.has(String(error.code));

/** Whether the disk of a directory has space for more. A disk that does not say has. */
export const hasSpace = (directory: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= leastBytes;
  } catch {
    return true;
  }
};
