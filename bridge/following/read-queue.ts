import type { Line } from "../reading/split-lines.ts";
import { isFinal, observeAll } from "./final-reader.ts";
import type { FolderFile } from "./folder-file.ts";
import type { Gap } from "./gap.ts";
import type { GenerationLedger } from "./generation-ledger.ts";
import { createGenerationReader, type GenerationReader, type TimeOf } from "./generation-reader.ts";
import { createHeldReaders } from "./held-readers.ts";
import type { FoundFile, LiveFile } from "./scene.ts";

/** What the queue needs. */
export type ReadQueueDependencies = {
  readonly ledger: GenerationLedger;
  readonly timeOf: TimeOf;
  readonly now: () => Date;
  readonly onNote: (text: string) => void;
};

/** Lines, or a gap behind what was read before. */
export type Drained = { readonly lines: readonly Line[]; readonly gap?: Gap };

const explain = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

/** The files that are to be read, one behind the other; the followed file is the last. */
export const createReadQueue = ({ ledger, timeOf, now, onNote }: ReadQueueDependencies) => {
  let waiting: GenerationReader[] = [];
  const held = createHeldReaders();
  let hasDropped = false;
  let isHeldUp = false;
  /** The inodes of files behind which another one is missing. */
  const holed = new Set<string>();

  const drop = async (reader: GenerationReader): Promise<void> => {
    waiting = waiting.filter((one) => one !== reader);
    held.remove(reader);
    await reader.close().catch(() => undefined);
  };
  const dropReplaced = async (reader: GenerationReader): Promise<void> => {
    const { id } = reader.live();
    if (id !== undefined) ledger.rememberGone(id, reader.isCopiedBy);
    hasDropped = true;
    await drop(reader);
  };
  /** What came; where it cannot be read any more it is dropped, and found again at the next look. */
  const read = async (reader: GenerationReader): Promise<readonly Line[] | undefined> => {
    const lines = await reader.more().catch((error: unknown) => {
      onNote(`${reader.file().path}: ${explain(error)}`);
      return "replaced" as const;
    });
    if (lines !== "replaced") return lines;
    await dropReplaced(reader);
    return undefined;
  };
  async function* readAll(reader: GenerationReader): AsyncGenerator<Drained> {
    let isKnown = reader.isKnown();
    for (let lines = await read(reader); lines !== undefined; lines = await read(reader)) {
      if (lines.length > 0 || !isKnown) yield { lines };
      isKnown = true;
    }
  }

  /** The time of the first event that is to be read; now, where there is none. */
  const timeOfNext = async (): Promise<string> =>
    (await waiting.find((one) => !one.isBegun)?.firstTime()) ?? now().toISOString();
  const gapBehind = async (why: string): Promise<Gap> => {
    const [from, to] = [ledger.lastTime(), await timeOfNext()];
    return { ...(from !== undefined && { from }), to, why };
  };
  async function* finish(reader: GenerationReader): AsyncGenerator<Drained> {
    const lines = reader.finish();
    const { path, inode } = reader.file();
    waiting = waiting.filter((one) => one !== reader);
    held.add(reader);
    yield { lines };
    if (reader.trouble !== undefined)
      yield { lines: [], gap: await gapBehind(`${path} cannot be read (${reader.trouble})`) };
    if (holed.delete(inode))
      yield { lines: [], gap: await gapBehind(`a file is missing between ${path} and the next`) };
  }
  return {
    live: (): LiveFile[] => [...held.all(), ...waiting].map((reader) => reader.live()),
    holed,
    /** Puts files behind those that wait: what was begun before is first, the followed file last. */
    add: (found: readonly FoundFile[]): void => {
      const all = [...waiting, ...found.map((one) => createGenerationReader(one, ledger, timeOf))];
      const rankOf = (reader: GenerationReader): number =>
        reader.file().isFollowed ? 2 : Number(!reader.isBegun && !reader.isKnown());
      waiting = all.toSorted((a, b) => rankOf(a) - rankOf(b));
    },
    /** Lets go of files in whose place another one has come that holds all of them. */
    supersede: async (inodes: ReadonlySet<string>): Promise<void> => {
      for (const reader of [...held.all(), ...waiting])
        if (inodes.has(reader.file().inode)) await drop(reader);
    },
    /** Lets nothing be read but what was begun before: something between may still be found. */
    holdUp: (isSo: boolean): void => {
      isHeldUp = isSo;
    },
    /** Whether something is written behind what was begun before. */
    isFollowedUp: (): boolean =>
      waiting.some((reader) => !reader.isBegun && reader.state().size > 0),
    /** Drops what was emptied or rewritten: it is another file now. True where there was some. */
    dropReplaced: async (): Promise<boolean> => {
      const all = [...held.all(), ...waiting];
      for (const reader of all)
        if (!(await reader.isStill().catch(() => false))) await dropReplaced(reader);
      return all.length > held.all().length + waiting.length;
    },
    /** Whether a file was dropped since the last call. */
    takeDropped: (): boolean => {
      const was = hasDropped;
      hasDropped = false;
      return was;
    },
    /** Notes where the files are now. */
    move: (files: ReadonlyMap<string, FolderFile>): void => {
      for (const reader of [...held.all(), ...waiting])
        reader.moved(files.get(reader.file().inode));
    },
    timeOfNext,
    isWaiting: (): boolean => waiting.length > 1,
    /** Reads what has come, file by file; goes on to the next only when no more is expected of one. */
    drain: async function* (signal: AbortSignal): AsyncGenerator<Drained> {
      for (const reader of held.takeOld()) await drop(reader);
      await observeAll(waiting);
      for (const reader of held.all()) yield* readAll(reader);
      for (let [reader] = waiting; reader !== undefined && !signal.aborted; [reader] = waiting) {
        if (isHeldUp && !reader.isBegun && !reader.isKnown()) return;
        yield* readAll(reader);
        if (waiting[0] !== reader) return;
        if (!reader.isKnown()) {
          reader.register();
          yield { lines: [] };
        }
        if (isHeldUp || waiting.length === 1 || !isFinal(reader, waiting.slice(1))) return;
        yield* finish(reader);
      }
    },
    close: async (): Promise<void> => {
      for (const reader of [...held.all(), ...waiting]) await drop(reader);
    },
  };
};

/** The files that are to be read, one behind the other. */
export type ReadQueue = ReturnType<typeof createReadQueue>;
