import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Replaces a file as a whole, so that a kill leaves the old one or the new one; readable by its owner only. `flush` waits for
 * the disk, so that a power failure does too.
 */
export const replaceKept = (path: string, text: string, flush = false): void => {
  // One that a kill has left would keep its modes.
  rmSync(`${path}.new`, { force: true });
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush });
  renameSync(`${path}.new`, path);
};
