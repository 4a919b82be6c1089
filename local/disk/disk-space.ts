import { statfsSync } from "node:fs";

// An engine needs this much to store one full request.
const leastBytes = 1024 * 1024;
const fullCodes = new Set(["ENOSPC", "EDQUOT"]);

/** Whether an error says that the disk or the quota is full. */
export const isNoSpaceError = (error: unknown): boolean =>
  error instanceof Error && "code" in error && fullCodes.has(String(error.code));

/** Whether the disk of a directory has space for more. True when the disk does not report its space. */
export const hasSpace = (directory: string): boolean => {
  try {
    const { blocks, bavail, bsize } = statfsSync(directory);
    return blocks === 0 || bavail * bsize >= leastBytes;
  } catch {
    return true;
  }
};
