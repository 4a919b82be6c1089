import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { isNoSpaceError } from "./disk-space.ts";

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error ? String(error.code) : undefined;

const reasons: Readonly<Record<string, string>> = {
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "its disk is read-only",
  ENOTDIR: "a part of the path is a file, not a directory",
  ENAMETOOLONG: "a name in it is too long",
  ELOOP: "its symbolic links go in a circle",
  ENOENT: "no directory can be made there",
};

/** Says in words why a path cannot be used. */
export const pathProblem = (error: unknown): string => {
  const code = codeOf(error);
  if (isNoSpaceError(error)) return "there is no space left on its disk";
  const reason = code === undefined ? undefined : reasons[code];
  return reason ?? (error instanceof Error ? error.message : String(error));
};

const isDirectory = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new Error("it is a symbolic link to something that does not exist", { cause: error });
  }
};

/** Makes a directory if it is missing. False when its parent is missing, too. */
const makeOne = (path: string): boolean => {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    // Systems say of one that exists on a disk without write access that they may not make it.
    if (!["EEXIST", "EACCES", "EPERM", "EROFS", "EISDIR"].includes(codeOf(error) ?? ""))
      throw error;
    if (codeOf(error) !== "EEXIST" && !exists(path)) throw error;
    if (!isDirectory(path)) throw new Error("it is a file, not a directory", { cause: error });
  }
  return true;
};

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * Makes a directory with those above it, as far as they are missing, for their owner only. Throws what `pathProblem` puts in
 * words. Node's own recursive `mkdirSync` never returns where the system says of an existing parent that it is missing, as it
 * does below /proc.
 */
export const makeDirectory = (path: string): void => {
  if (makeOne(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeDirectory(parent);
  // Throws now, where the first time the parent was missing.
  if (!makeOne(path)) mkdirSync(path);
};
