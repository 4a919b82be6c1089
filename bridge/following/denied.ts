import { constants } from "node:fs";
import { access } from "node:fs/promises";
import type { FolderFile } from "./folder-file.ts";

const codes = new Set(["EACCES", "EPERM", "EIO"]);
// Its permissions may be set a moment after it was rotated.
const mostLooks = 50;

const isReadable = (path: string): Promise<boolean> =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  );

/** Files that cannot be opened: for a while everything waits for them, then they are left out until they can be read. */
export const createDenied = (followed: string) => {
  const looks = new Map<string, number>();
  const named = new Set<string>();

  const isLeftOut = async ({ path }: FolderFile): Promise<boolean> => {
    if ((looks.get(path) ?? 0) < mostLooks) return false;
    if (!(await isReadable(path))) return true;
    looks.delete(path);
    return false;
  };
  return {
    isLeftOut,
    /** Notes an error of opening a file. The followed file itself is waited for without end. */
    note: (error: unknown): void => {
      if (!(error instanceof Error && "code" in error && "path" in error)) return;
      const { code, path } = error;
      if (typeof path !== "string" || path === followed || !codes.has(`${code}`)) return;
      looks.set(path, (looks.get(path) ?? 0) + 1);
    },
    /** The files that can be read, and those that are left out, each for the first time only. */
    split: async (files: readonly FolderFile[]) => {
      const out = new Set<FolderFile>();
      for (const file of files) if (await isLeftOut(file)) out.add(file);
      const refused = [...out].filter(({ inode }) => !named.has(inode));
      for (const { inode } of refused) named.add(inode);
      return { files: files.filter((file) => !out.has(file)), refused };
    },
  };
};
