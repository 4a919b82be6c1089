import type { Line } from "../reading/split-lines.ts";
import type { FolderFile } from "./folder-file.ts";
import type { Gap } from "./gap.ts";
import type { Ledger } from "./ledger.ts";
import { createReader, type Reader, type TimeOf } from "./reader.ts";
import type { FoundFile, LiveFile } from "./scene.ts";

/** What the queue needs. */
export type ReadQueueDependencies = {
  readonly ledger: Ledger;
  readonly timeOf: TimeOf;
  readonly now: () => Date;
  readonly onNote: (text: string) => void;
};

/** Lines, or a gap behind what was read before. */
export type Drained = { readonly lines: readonly Line[]; readonly gap?: Gap };

// Who writes the file may go on for a moment after the rename, until it opens the new one.
const mostQuietLooks = 5;
const quietMs = 1_000;
// A file that was read is held open for a minute: it may be removed, and written still.
const mostHeldLooks = 300;
const mostHeld = 4;

const explain = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

/** The files that are to be read, one behind the other; the followed file is the last. */
export const createReadQueue = ({ ledger, timeOf, now, onNote }: ReadQueueDependencies) => {
  let waiting: Reader[] = [];
  let held: Reader[] = [];
  let hasDropped = false;
  /** Generations behind which another one is missing. */
  const holed = new Set<number>();

  const drop = async (reader: Reader): Promise<void> => {
    waiting = waiting.filter((one) => one !== reader);
    held = held.filter((one) => one !== reader);
    await reader.close().catch(() => undefined);
  };
  const dropReplaced = async (reader: Reader): Promise<void> => {
    const { id } = reader.live();
    if (id !== undefined) ledger.rememberGone(id, reader.isCopiedBy);
    hasDropped = true;
    await drop(reader);
  };
  /** What came; where it cannot be read any more it is dropped, and found again at the next look. */
  const read = async (reader: Reader): Promise<readonly Line[] | undefined> => {
    const lines = await reader.more().catch((error: unknown) => {
      onNote(`${reader.file().path}: ${explain(error)}`);
      return "replaced" as const;
    });
    if (lines !== "replaced") return lines;
    await dropReplaced(reader);
    return undefined;
  };
  async function* readAll(reader: Reader): AsyncGenerator<Drained> {
    let isKnown = reader.isKnown();
    for (let lines = await read(reader); lines !== undefined; lines = await read(reader)) {
      if (lines.length > 0 || !isKnown) yield { lines };
      isKnown = true;
    }
  }

  const observe = async (): Promise<void> => {
    let isFollowedBy = false;
    for (const reader of waiting.toReversed()) {
      await reader.observe(isFollowedBy);
      isFollowedBy ||= reader.state().size > 0;
    }
  };
  /** Whether no more is expected: it was rotated away, and the next one has been written for long enough. */
  const isFinal = (reader: Reader): boolean => {
    const behind = waiting.filter((one) => one !== reader && one.state().size > 0);
    if (behind.length === 0) return false;
    const newest = Math.max(...behind.map((one) => one.state().modifiedMs));
    const { modifiedMs, quietLooks } = reader.state();
    const isPlain = reader.live().content?.isCompressed === false;
    return !isPlain || newest >= modifiedMs + quietMs || quietLooks > mostQuietLooks;
  };
  /** The time of the first event that is to be read; now, where there is none. */
  const timeOfNext = async (): Promise<string> =>
    (await waiting[0]?.firstTime()) ?? now().toISOString();
  const gapBehind = async (why: string): Promise<Gap> => {
    const [from, to] = [ledger.lastTime(), await timeOfNext()];
    return { ...(from !== undefined && { from }), to, why };
  };
  async function* finish(reader: Reader): AsyncGenerator<Drained> {
    const lines = reader.finish();
    const { path } = reader.file();
    const { id } = reader.live();
    waiting = waiting.filter((one) => one !== reader);
    held.push(reader);
    yield { lines };
    if (reader.trouble !== undefined)
      yield { lines: [], gap: await gapBehind(`${path} cannot be read (${reader.trouble})`) };
    if (id !== undefined && holed.has(id))
      yield { lines: [], gap: await gapBehind(`a file is missing between ${path} and the next`) };
  }
  let looks = 0;
  const heldSince = new Map<Reader, number>();
  const release = async (): Promise<void> => {
    looks += 1;
    for (const reader of held) if (!heldSince.has(reader)) heldSince.set(reader, looks);
    const isOver = (reader: Reader, at: number): boolean =>
      at < held.length - mostHeld || looks - (heldSince.get(reader) ?? 0) > mostHeldLooks;
    for (const reader of held.filter(isOver)) {
      heldSince.delete(reader);
      await drop(reader);
    }
  };
  return {
    live: (): LiveFile[] => [...held, ...waiting].map((reader) => reader.live()),
    holed,
    /** Puts files behind those that wait, but before the followed one. */
    add: (found: readonly FoundFile[]): void => {
      const fresh = found.map((one) => createReader(one, ledger, timeOf));
      const isLast = (reader: Reader): boolean => reader.file().isFollowed;
      const all = [
        ...waiting.filter((one) => !isLast(one)),
        ...fresh.filter((one) => !isLast(one)),
      ];
      waiting = [...all, ...[...waiting, ...fresh].filter(isLast)];
    },
    /** Drops what was emptied or rewritten: it is another file now. True where there was some. */
    dropReplaced: async (): Promise<boolean> => {
      const all = [...held, ...waiting];
      for (const reader of all)
        if (!(await reader.isStill().catch(() => false))) await dropReplaced(reader);
      return all.length > held.length + waiting.length;
    },
    /** Whether a file was dropped since the last call. */
    takeDropped: (): boolean => {
      const was = hasDropped;
      hasDropped = false;
      return was;
    },
    /** Notes where the files are now. */
    move: (files: ReadonlyMap<string, FolderFile>): void => {
      for (const reader of [...held, ...waiting]) reader.moved(files.get(reader.file().inode));
    },
    timeOfNext,
    isWaiting: (): boolean => waiting.length > 1,
    /** Reads what has come, file by file; goes on to the next only when no more is expected of one. */
    drain: async function* (signal: AbortSignal): AsyncGenerator<Drained> {
      await release();
      await observe();
      for (const reader of held) yield* readAll(reader);
      for (let [reader] = waiting; reader !== undefined && !signal.aborted; [reader] = waiting) {
        yield* readAll(reader);
        if (waiting[0] !== reader) return;
        if (!reader.isKnown()) {
          reader.register();
          yield { lines: [] };
        }
        if (waiting.length === 1 || !isFinal(reader)) return;
        yield* finish(reader);
      }
    },
    close: async (): Promise<void> => {
      for (const reader of [...held, ...waiting]) await drop(reader);
    },
  };
};

/** The files that are to be read, one behind the other. */
export type ReadQueue = ReturnType<typeof createReadQueue>;
