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

const nameOf = ({ path, name, numbers, isFollowed }: FolderFile) => ({
  path,
  name,
  numbers,
  isFollowed,
});

const openNamed = async (file: FolderFile): Promise<OpenedFile> => {
  const handle = await open(file.path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new FolderChanged(file.path, { cause: error });
    throw error;
  });
  try {
    const facts = factsOfStats(await handle.stat({ bigint: true }));
    const opened = await openContent(handle);
    const content = "unreadable" in opened ? undefined : opened;
    const at = { ...file, ...facts };
    return { file: at, handle, content, ...createMeasures(content, facts.size) };
  } catch (error) {
    await handle.close();
    throw error;
  }
};

// The other ones are opened when their turn comes.
const mostPinned = 250;

/** Opens files, each once. While a file is open its inode stays its own, and it is found by it whatever its name. */
export const createOpener = () => {
  const opened = new Map<string, OpenedFile>();
  const pinned = new Set<string>();
  /** Under its real inode, which may be another than the one it was listed with. */
  const keep = async (fresh: OpenedFile): Promise<OpenedFile> => {
    const known = opened.get(fresh.file.inode);
    opened.set(fresh.file.inode, known ?? fresh);
    if (known !== undefined) await fresh.handle.close();
    return known ?? fresh;
  };
  return {
    /** Opens a file at once; gives what it really is, undefined where its name is gone meanwhile. */
    pin: async (file: FolderFile): Promise<FolderFile | undefined> => {
      if (opened.has(file.inode) || pinned.size >= mostPinned) return file;
      pinned.add(file.inode);
      try {
        const kept = await keep(await openNamed(file));
        pinned.add(kept.file.inode);
        return { ...file, ...kept.file, ...nameOf(file) };
      } catch (error) {
        if (error instanceof FolderChanged) return undefined;
        throw error;
      }
    },
    open: async (file: FolderFile): Promise<OpenedFile> => {
      const known = opened.get(file.inode);
      if (known !== undefined) return { ...known, file: { ...known.file, ...nameOf(file) } };
      const fresh = await keep(await openNamed(file));
      if (fresh.file.inode !== file.inode) throw new FolderChanged(file.path);
      return fresh;
    },
    /** Closes one that is not needed: a folder may hold more files than may be open. */
    close: async ({ inode }: FolderFile): Promise<void> => {
      const known = opened.get(inode);
      if (known === undefined || pinned.has(inode)) return;
      opened.delete(inode);
      await known.handle.close();
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
