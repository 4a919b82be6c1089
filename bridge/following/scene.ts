import { type FileHandle, open } from "node:fs/promises";
import { type Content, openContent } from "./content.ts";
import { lengthOf } from "./fingerprint.ts";
import { type FolderFile, factsOfStats } from "./folder-file.ts";
import type { Generation } from "./generation.ts";
import type { Ledger } from "./ledger.ts";
import { inOrderOfRotation } from "./order-of-rotation.ts";

/** A file that is open since an earlier look, waits for its turn or is being read. */
export type LiveFile = {
  /** Of its generation, once its reading has begun. */
  readonly id: number | undefined;
  readonly inode: string;
  readonly content: Content | undefined;
  readonly isFollowed: boolean;
};

/** A file that was opened to see what it is. `content` is undefined where Node does not read its compression. */
export type OpenedFile = {
  readonly file: FolderFile;
  readonly handle: FileHandle;
  readonly content: Content | undefined;
  /** Of the content, in bytes. */
  readonly length: () => Promise<number>;
};

/** A file that is to be read, from the place of its generation on, or from its beginning where it has none yet. */
export type FoundFile = OpenedFile & {
  readonly generation: Generation | undefined;
  /** Why it cannot be read to its end. */
  readonly trouble?: string;
};

/** Says that names were shifted while files were opened: the look is to be repeated. */
export class FolderChanged extends Error {}

const openFile = async (file: FolderFile): Promise<OpenedFile> => {
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

/** What a look sees: the files, those that are open already, and where the known generations are. */
export const createScene = (
  ledger: Ledger,
  files: readonly FolderFile[],
  live: readonly LiveFile[],
) => {
  const places = new Map<number, FolderFile>();
  const found: FoundFile[] = [];
  const opened = new Map<string, OpenedFile>();
  const liveIds = new Set(live.map(({ id }) => id));
  return {
    ledger,
    files,
    live,
    /** Where generations are, by their ids. */
    places,
    /** What is to be read. */
    found,
    open: async (file: FolderFile): Promise<OpenedFile> => {
      const known = opened.get(file.inode);
      if (known !== undefined) return known;
      const fresh = await openFile(file);
      opened.set(file.inode, fresh);
      return fresh;
    },
    /** Known generations that were not found at this look, and are not open. */
    absent: (): Generation[] =>
      ledger.all().filter(({ id }) => !places.has(id) && !liveIds.has(id)),
    /** The oldest first, the followed file last. */
    inOrder: (some: readonly FolderFile[]): FolderFile[] => [
      ...inOrderOfRotation(
        some.filter(({ isFollowed }) => !isFollowed),
        files.filter(({ isFollowed }) => !isFollowed),
      ),
      ...some.filter(({ isFollowed }) => isFollowed),
    ],
    /** Closes what was opened only to look into it. */
    closeOthers: async (kept: readonly FoundFile[]): Promise<void> => {
      const handles = new Set(kept.map(({ handle }) => handle));
      for (const { handle } of opened.values()) if (!handles.has(handle)) await handle.close();
    },
  };
};

/** What a look sees. */
export type Scene = ReturnType<typeof createScene>;
