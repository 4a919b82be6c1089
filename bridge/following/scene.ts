import type { Content } from "./content.ts";
import type { FolderFile } from "./folder-file.ts";
import type { Generation } from "./generation.ts";
import type { GenerationLedger } from "./generation-ledger.ts";
import type { OpenedFile, Opener } from "./opener.ts";
import { inOrderOfRotation, inOrderOfTime } from "./order-of-rotation.ts";

/** A file that is open since an earlier look, waits for its turn or is being read. */
export type LiveFile = {
  /** Of its generation, once its reading has begun. */
  readonly id: number | undefined;
  readonly inode: string;
  readonly content: Content | undefined;
  readonly isFollowed: boolean;
  /** Its size in bytes, if it has no name any more. */
  readonly removedSize: () => Promise<number | undefined>;
};

/** A file that is to be read, from the place of its generation on, or from its beginning where it has none yet. */
export type FoundFile = OpenedFile & {
  readonly generation: Generation | undefined;
  /** Why it cannot be read to its end. */
  readonly trouble?: string;
};

/** What a look sees: the files, those that are open already, and where the known generations are. */
export const createScene = (
  ledger: GenerationLedger,
  { files, isSteady }: { readonly files: readonly FolderFile[]; readonly isSteady: boolean },
  live: readonly LiveFile[],
  opener: Opener,
) => {
  const places = new Map<number, FolderFile>();
  const found: FoundFile[] = [];
  const liveIds = new Set(live.map(({ id }) => id));
  return {
    ledger,
    files,
    isSteady,
    live,
    /** Where generations are, by their ids. */
    places,
    /** What is to be read. */
    found,
    /** The inodes of open files in whose place another one has come that holds all of them. */
    superseded: new Set<string>(),
    /** The inodes of what has a copy here. */
    copied: new Set<string>(),
    open: opener.open,
    /** Closes a file unless it is to be read. */
    release: async (file: FolderFile): Promise<void> => {
      if (!found.some((one) => one.file.inode === file.inode)) await opener.close(file);
    },
    /** Whether a file is none of those that are known so far. */
    isNew: ({ inode }: FolderFile): boolean =>
      [...places.values()].every((one) => one.inode !== inode),
    /** Known generations that were not found at this look, and are not open. */
    absent: (): Generation[] =>
      ledger.all().filter(({ id }) => !places.has(id) && !liveIds.has(id)),
    /** The oldest first, the followed file last. */
    inOrder: (some: readonly FolderFile[]): FolderFile[] => {
      const isKnown = new Set([...places.values()].map(({ inode }) => inode));
      const rotated = some.filter(({ isFollowed }) => !isFollowed);
      const older = files.filter((file) => isKnown.has(file.inode) && !some.includes(file));
      const followed = some.filter(({ isFollowed }) => isFollowed);
      const ordered = isSteady ? inOrderOfRotation(rotated, older) : inOrderOfTime(rotated);
      return [...ordered, ...followed];
    },
  };
};

/** What a look sees. */
export type Scene = ReturnType<typeof createScene>;
