import type { Content } from "./content.ts";
import type { FolderFile } from "./folder-file.ts";
import {
  type Generation,
  type KeptGeneration,
  parseGeneration,
  parseReleasedPlace,
  unread,
  writeGeneration,
} from "./generation.ts";

/** What was kept of a followed file by earlier runs. `released`: the place that version 0.2.0 kept. */
export type KeptFile = {
  readonly generations: readonly KeptGeneration[];
  readonly released: string | undefined;
};

/** What is to be kept now: generations that are new or have changed, and the ids of those that are no longer needed. */
export type LedgerChanges = {
  readonly generations: readonly KeptGeneration[];
  readonly forgotten: readonly number[];
};

/** Whether a content of this length is the beginning of what was read of a generation. */
type CopyTest = (content: Content, length: number) => Promise<boolean>;

const isNoCopy: CopyTest = async () => false;

// Files that are no longer there may come back compressed.
const mostAbsent = 500;

/** The generations of a followed file that are known, with what is to be written of them. */
export const createGenerationLedger = (file: string, kept: KeptFile) => {
  const released =
    kept.released === undefined ? undefined : parseReleasedPlace(file, kept.released);
  const read = kept.generations.flatMap((one) => parseGeneration(one) ?? []);
  const first = read.length > 0 || released === undefined ? read : [released];
  const known = new Map(first.map((one) => [one.id, one]));
  const changed = new Set<number>();
  const forgotten = new Set<number>();
  const copyTests = new Map<number, CopyTest>();
  let lastId = Math.max(0, ...kept.generations.map(({ id }) => id), ...known.keys());

  const put = (generation: Generation): Generation => {
    // An inode is used again for another file: it is no longer the one that had it.
    for (const other of known.values())
      if (other.id !== generation.id && other.inode === generation.inode)
        known.set(other.id, { ...other, inode: "" });
    known.set(generation.id, generation);
    changed.add(generation.id);
    return generation;
  };
  return {
    all: (): Generation[] => [...known.values()],
    get: (id: number): Generation | undefined => known.get(id),
    put,
    /** Whether a file was read to its end, and has not changed since. */
    isRead: ({ inode, size, modified }: FolderFile): boolean =>
      [...known.values()].some(
        (one) =>
          one.isDone && one.inode === inode && one.size === size && one.modified === modified,
      ),
    /** Notes where a generation is now. */
    move: (generation: Generation, { path, inode, size, modified }: FolderFile): Generation =>
      put({ ...generation, path, inode, size, modified }),
    /** Notes how to recognize an incomplete copy of a generation whose own file is gone. */
    rememberGone: (id: number, isCopy: CopyTest): void => void copyTests.set(id, isCopy),
    isIncompleteCopy: async (id: number, content: Content, length: number): Promise<boolean> => {
      const isCopy = copyTests.get(id) ?? isNoCopy;
      return isCopy(content, length);
    },
    /** A generation that was not known. */
    add: ({ path, inode, size, modified }: FolderFile, more: Partial<Generation> = {}) => {
      lastId += 1;
      return put({ ...unread, path, inode, size, modified, ...more, id: lastId });
    },
    /** Forgets generations that have been absent for long; `present` are the ids of those that are there. */
    prune: (present: ReadonlySet<number>): void => {
      // The folder is empty, or another disk: what it held may come back.
      if (present.size === 0) return;
      const absent = [...known.values()].filter(({ id, isDone }) => isDone && !present.has(id));
      for (const { id } of absent.sort((a, b) => b.id - a.id).slice(mostAbsent)) {
        known.delete(id);
        changed.delete(id);
        forgotten.add(id);
      }
    },
    /** The time of the last event that was read. */
    lastTime: (): string | undefined => {
      const read = [...known.values()].filter(({ lastTime }) => lastTime !== undefined);
      return (read.find(({ isDone }) => !isDone) ?? read.at(-1))?.lastTime;
    },
    /** Nothing was ever read: what lies beside the file was there before the bridge. */
    isEmpty: (): boolean => known.size === 0,
    /** Version 0.2.0 was the last to read: what else lies beside the file is known by its time only. */
    isOfReleased: read.length === 0 && released !== undefined,
    /** What is to be kept since the last call. */
    takeChanges: (): LedgerChanges => {
      const generations = [...changed].flatMap((id) => {
        const generation = known.get(id);
        return generation === undefined ? [] : [writeGeneration(generation)];
      });
      const changes = { generations, forgotten: [...forgotten] };
      changed.clear();
      forgotten.clear();
      return changes;
    },
  };
};

/** The generations of a followed file that are known. */
export type GenerationLedger = ReturnType<typeof createGenerationLedger>;
