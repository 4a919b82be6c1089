import { createLineSplitter, type Line } from "../reading/split-lines.ts";
import type { Content } from "./content.ts";
import { type FolderFile, factsOfStats } from "./folder-file.ts";
import { type Generation, unread } from "./generation.ts";
import type { GenerationLedger } from "./generation-ledger.ts";
import { type GrowingContent, type GrownLines, readGrowing } from "./read-growing.ts";
import type { FoundFile, LiveFile } from "./scene.ts";

/** The time of the last event in lines, or of the first one. */
export type TimeOf = (lines: readonly Line[], which: "first" | "last") => string | undefined;

const peekBytes = 256 * 1024;

/** A file that is held open: it waits for its turn, is read, or may still be written after it was read. */
export const createGenerationReader = (
  found: FoundFile,
  ledger: GenerationLedger,
  timeOf: TimeOf,
) => {
  const { handle, content } = found;
  let { file, generation } = found;
  let growing: GrowingContent | undefined;
  let observed = { size: file.size, modified: file.modified, modifiedMs: file.modifiedMs };
  let quietLooks = 0;

  const facts = (): Generation | undefined =>
    generation === undefined ? undefined : ledger.get(generation.id);
  const begin = async (): Promise<GrowingContent | undefined> => {
    if (content === undefined) return undefined;
    const place = facts() ?? unread;
    growing ??= await readGrowing({ handle, content, place });
    return growing;
  };
  const keep = (grown: GrownLines, more: Partial<Generation> = {}): readonly Line[] => {
    const { place, size, modified, lines } = grown;
    const lastTime = timeOf(lines, "last") ?? facts()?.lastTime;
    const at = { path: file.path, inode: file.inode };
    const read = { ...at, ...place, size, modified, ...(lastTime && { lastTime }), ...more };
    const known = facts() ?? ledger.add(file);
    generation = ledger.put({ ...known, ...read });
    return lines;
  };
  return {
    handle,
    trouble: found.trouble,
    /** An earlier run, or another file of it, began it: nothing can be missing before what is left of it. */
    isBegun: found.generation?.isDone === false && !file.isFollowed,
    file: (): FolderFile => file,
    /** Notes where it is now. */
    moved: (to: FolderFile | undefined): void => {
      file = to ?? { ...file, isFollowed: false };
    },
    live: (): LiveFile => ({
      id: generation?.id,
      inode: file.inode,
      content,
      isFollowed: file.isFollowed,
      removedSize: async () => {
        const { nlink, size } = await handle.stat();
        return nlink === 0 ? size : undefined;
      },
    }),
    /** False where it was emptied or rewritten since it was read. */
    isStill: async (): Promise<boolean> => growing === undefined || (await growing.isStill()),
    /** What came since; "replaced" where it is another file now. */
    more: async (): Promise<readonly Line[] | "replaced" | undefined> => {
      const grown = await (await begin())?.more();
      if (grown === "replaced") return grown;
      if (grown !== undefined) return keep(grown);
      return growing === undefined && content !== undefined ? "replaced" : undefined;
    },
    /** Makes it known, though nothing was read of it yet. */
    register: (): void => {
      generation = facts() ?? ledger.add(file);
    },
    isKnown: (): boolean => generation !== undefined,
    /** Its last line without a line feed: no more is expected of it. */
    finish: (): readonly Line[] => {
      if (growing !== undefined) return keep(growing.last(), { isDone: true });
      generation = ledger.put({ ...(facts() ?? ledger.add(file)), isDone: true });
      return [];
    },
    /** Looks whether it is still written. `isFollowedBy`: a file behind it is. */
    observe: async (isFollowedBy: boolean): Promise<void> => {
      const now = factsOfStats(await handle.stat({ bigint: true }));
      const isQuiet = now.size === observed.size && now.modified === observed.modified;
      quietLooks = isQuiet && isFollowedBy ? quietLooks + 1 : 0;
      observed = now;
    },
    /** How large it was when it was observed, when it had been written, and at how many looks it has been quiet. */
    state: () => ({ ...observed, quietLooks }),
    /** Whether another file begins with all that it holds, and that was read of this one: it is a copy. */
    isCopiedBy: async (copy: Content, length: number): Promise<boolean> =>
      (await growing?.isBeginning(copy, length)) ?? false,
    /** The time of the first event that is still to be read. */
    firstTime: async (): Promise<string | undefined> => {
      if (content === undefined) return undefined;
      const bytes = await content.read(facts()?.offset ?? 0, peekBytes);
      return timeOf(createLineSplitter().push(bytes), "first");
    },
    close: (): Promise<void> => handle.close(),
  };
};

/** A file that is held open. */
export type GenerationReader = ReturnType<typeof createGenerationReader>;
