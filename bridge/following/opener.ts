import { type FileHandle, open } from "node:fs/promises";
import { type Content, openContent } from "./content.ts";
import { hashBytes, lengthOf } from "./fingerprint.ts";
import { type FolderFile, factsOfStats } from "./folder-file.ts";

/** A file that was opened to see what it is. `content` is undefined where Node does not read its compression. */
export type OpenedFile = {
  readonly file: FolderFile;
  readonly handle: FileHandle;
  readonly content: Content | undefined;
  /** Of the content, in bytes. */
  readonly length: () => Promise<number>;
  /** Of the first so many bytes. */
  readonly hashOfFirst: (bytes: number) => Promise<string>;
};

/** Says that names were shifted while files were opened: the look is to be repeated. */
export class FolderChanged extends Error {}

/** Measures of a content, each taken once: many known files may be compared with it. */
const createMeasures = (content: Content | undefined, fileBytes: number) => {
  let length: Promise<number> | undefined;
  const hashes = new Map<number, Promise<string>>();
  const hash = async (bytes: number): Promise<string> =>
    content === undefined ? "" : hashBytes(await content.read(0, bytes));
  return {
    length: (): Promise<number> => {
      length ??= content === undefined ? Promise.resolve(0) : lengthOf(content, fileBytes);
      return length;
    },
    hashOfFirst: (bytes: number): Promise<string> => {
      const known = hashes.get(bytes) ?? hash(bytes);
      hashes.set(bytes, known);
      return known;
    },
  };
};

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
    const at = { ...file, ...facts };
    return { file: at, handle, content, ...createMeasures(content, facts.size) };
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
    /** Closes one that is not needed: a folder may hold more files than may be open. */
    close: async ({ inode }: FolderFile): Promise<void> => {
      const known = opened.get(inode);
      opened.delete(inode);
      await known?.handle.close();
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
