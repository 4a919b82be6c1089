import type { FileHandle } from "node:fs/promises";
import { createLineSplitter, type Line } from "../reading/split-lines.ts";
import type { Content } from "./content.ts";
import { beginsWith, type Fingerprint } from "./fingerprint.ts";
import { type FolderFile, factsOfStats } from "./folder-file.ts";
import { behindNuls, withoutTrailingNuls } from "./nul-bytes.ts";
import { createRecentBytes } from "./recent-bytes.ts";

const chunkBytes = 1024 * 1024;
const lineFeed = 10;

/** Size in bytes and last modification (nanoseconds as text, and milliseconds) of a file at a moment. */
type FileState = Pick<FolderFile, "size" | "modified" | "modifiedMs">;

/** Lines of a file that grows, and how far they reach. `size` and `modified` are the file's, as it was before. */
export type GrownLines = {
  readonly lines: readonly Line[];
  readonly place: Fingerprint & { readonly lines: number };
  readonly size: number;
  readonly modified: string;
};

/** An open file, what it holds, and how far it was read. */
export type OpenGeneration = {
  readonly handle: FileHandle;
  readonly content: Content;
  readonly place: Fingerprint & { readonly lines: number };
};

/**
 * Reads a file that grows from a place on. `more` gives what came since, undefined where nothing did, and "replaced" where
 * the file was emptied or rewritten. `last` gives a last line without a line feed, for when no more will come. NULs where a
 * line would begin are left out: a file has them that was emptied under a writer which goes on at its old place. Undefined
 * where the file does not hold what was read of it.
 */
export const readGrowing = async ({ handle, content, place: from }: OpenGeneration) => {
  let [readTo, place] = [from.offset, from];
  let splitter = createLineSplitter({ offset: readTo, lines: from.lines });
  const recent = await createRecentBytes(content, readTo);
  if (!(await beginsWith(content, from))) return undefined;
  const look = async (): Promise<FileState> => factsOfStats(await handle.stat({ bigint: true }));
  // All that it held then was read.
  let seen: FileState = { size: -1, modified: "", modifiedMs: 0 };
  let isWithinLine = false;

  const advance = (lines: readonly Line[], { size, modified }: FileState): GrownLines => {
    const last = lines.at(-1);
    if (last !== undefined) place = { ...recent.fingerprintAt(last.end), lines: last.number };
    return { lines, place, size, modified };
  };
  const jump = async (to: number): Promise<void> => {
    await recent.jump(to);
    readTo = to;
    splitter = createLineSplitter({ offset: to, lines: place.lines });
  };
  const take = (bytes: Buffer, now: FileState): GrownLines => {
    recent.push(bytes);
    readTo += bytes.length;
    isWithinLine = bytes.at(-1) !== lineFeed;
    return advance(splitter.push(bytes), now);
  };
  /** The next bytes; undefined where there are none yet. */
  const next = async (): Promise<Buffer | undefined> => {
    const bytes = await content.read(readTo, chunkBytes);
    const written = withoutTrailingNuls(bytes);
    if (written.length > 0 && (isWithinLine || written[0] !== 0)) return written;
    const to = bytes.length === 0 ? undefined : await behindNuls(content, readTo);
    if (to === undefined) return undefined;
    if (isWithinLine) return bytes;
    await jump(to);
    return withoutTrailingNuls(await content.read(readTo, chunkBytes));
  };
  const isUnchanged = ({ size, modified }: FileState): boolean =>
    seen.size === size && seen.modified === modified;
  const isReplaced = async ({ size }: FileState): Promise<boolean> =>
    !content.isCompressed && (size < readTo || !(await recent.isStill()));
  return {
    content,
    /** What the file was like when it had been read to its end. */
    seen: () => seen,
    /** Whether these bytes, so many, are the beginning of what was read. */
    isBeginning: recent.isBeginning,
    /** False where it was emptied or rewritten since. */
    isStill: async (): Promise<boolean> => {
      const now = await look();
      return isUnchanged(now) || !(await isReplaced(now));
    },
    more: async (): Promise<GrownLines | "replaced" | undefined> => {
      const now = await look();
      if (isUnchanged(now)) return undefined;
      const bytes = await next();
      // What was there before must be there after it, or the bytes are another file's.
      if (await isReplaced(now)) return "replaced";
      if (bytes !== undefined) return take(bytes, now);
      seen = now;
      return undefined;
    },
    last: (): GrownLines => advance(splitter.end(), seen),
  };
};

/** Reads a file that grows. */
export type GrowingContent = NonNullable<Awaited<ReturnType<typeof readGrowing>>>;
