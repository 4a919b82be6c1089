import { type FileHandle, open } from "node:fs/promises";
import { type Content, openContent } from "./content.ts";
import { lengthOf } from "./fingerprint.ts";
import { type FolderFile, factsOfStats } from "./folder-file.ts";

/** A file that was opened to see what it is. `content` is undefined where Node does not read its compression. */
export type OpenedFile = {
  readonly file: FolderFile;
  readonly handle: FileHandle;
  readonly content: Content | undefined;
  /** Of the content, in bytes. */
  readonly length: () => Promise<number>;
};

/** Says that names were shifted while files were opened: the look is to be repeated. */
export class FolderChanged extends Error {}

const openNamed = async (file: FolderFile): Promise<OpenedFile> => {
  const handle = await open(file.path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new FolderChanged(file.path, { cause: error });
    throw error;
  });
  try {
    const facts = factsOfStats(await handle.stat({ bigint: true }));
    if (facts.inode !== file.inode) throw new FolderChanged(file.path);
    const opened = await openContent(handle);
    const content = "unreadable" in opened ? undefined : opened;
    let length: Promise<number> | undefined;
    const lengthOnce = (): Promise<number> => {
      length ??= content === undefined ? Promise.resolve(0) : lengthOf(content, facts.size);
      return length;
    };
    return { file: { ...file, ...facts }, handle, content, length: lengthOnce };
  } catch (error) {
    await handle.close();
    throw error;
  }
};

/** Opens files, each once. */
export const createOpener = () => {
  const opened = new Map<string, OpenedFile>();
  return {
    open: async (file: FolderFile): Promise<OpenedFile> => {
      const known = opened.get(file.inode);
      if (known !== undefined) return known;
      const fresh = await openNamed(file);
      opened.set(file.inode, fresh);
      return fresh;
    },
    /** Closes what was opened only to look into it. */
    closeOthers: async (kept: readonly OpenedFile[]): Promise<void> => {
      const handles = new Set(kept.map(({ handle }) => handle));
      for (const { handle } of opened.values()) if (!handles.has(handle)) await handle.close();
    },
  };
};

/** Opens files, each once. */
export type Opener = ReturnType<typeof createOpener>;
