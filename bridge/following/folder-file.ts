import type { BigIntStats } from "node:fs";
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Rotated } from "./order-of-rotation.ts";
import { addedByRotation, isLikeNumbered, numbersIn } from "./rotated-names.ts";

/** The followed file, or one that rotation made of it, as it was at a look at the folder. */
export type FolderFile = Rotated & {
  readonly path: string;
  readonly inode: string;
  readonly size: number;
  /** Nanoseconds, as text. */
  readonly modified: string;
  readonly isFollowed: boolean;
};

/** What identifies an open file, and shows whether it has changed. */
export const factsOfStats = ({ ino, size, mtimeNs }: BigIntStats) => ({
  inode: String(ino),
  size: Number(size),
  modified: String(mtimeNs),
  modifiedMs: Number(mtimeNs) / 1e6,
});

/** Changes with the file, and with its content. */
export const factsKey = ({ inode, size, modified }: FolderFile): string =>
  `${inode} ${size} ${modified}`;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR"].includes(`${error.code}`);

/** A file's stats, following links; undefined where there is none. Throws what the system says otherwise. */
export const statsOf = async (path: string): Promise<BigIntStats | undefined> => {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

type Place = {
  readonly folder: string;
  readonly numbersOf: (name: string) => string[] | undefined;
};

const besides = (file: string): Place => {
  const base = basename(file);
  const numbersOf = (name: string): string[] | undefined => {
    const added = addedByRotation(base, name);
    return added === undefined ? undefined : numbersIn(added);
  };
  return { folder: dirname(file), numbersOf };
};

const besidesTarget = (target: string): Place => {
  const base = basename(target);
  const rotated = besides(target);
  const numbersOf = (name: string): string[] | undefined =>
    rotated.numbersOf(name) ?? (isLikeNumbered(base, name) ? numbersIn(name) : undefined);
  return { ...rotated, numbersOf };
};

const isLink = async (file: string): Promise<boolean> =>
  (await lstat(file).catch(() => undefined))?.isSymbolicLink() ?? false;

/** Where rotation leaves files: beside the followed one, and where that is a link, beside what it leads to. */
const placesOf = async (file: string): Promise<Place[]> => {
  const target = (await isLink(file)) ? await realpath(file).catch(() => undefined) : undefined;
  return target === undefined ? [besides(file)] : [besides(file), besidesTarget(target)];
};

/** Opens a file that is not known, so that it stays the same however its name changes; gives what it really is. */
export type PinFile = (file: FolderFile) => Promise<FolderFile | undefined>;

const look = async (file: Pick<FolderFile, "path" | "numbers" | "isFollowed">, pin: PinFile) => {
  const stats = await statsOf(file.path);
  if (stats === undefined || !stats.isFile()) return undefined;
  return pin({ ...file, name: basename(file.path), ...factsOfStats(stats) });
};

const listOnce = async (file: string, pin: PinFile): Promise<FolderFile[]> => {
  const found = [look({ path: file, numbers: [], isFollowed: true }, pin)];
  for (const { folder, numbersOf } of await placesOf(file))
    for (const name of await readdir(folder)) {
      const numbers = numbersOf(name);
      const path = join(folder, name);
      if (numbers !== undefined && path !== file)
        found.push(look({ path, numbers, isFollowed: false }, pin));
    }
  const files = new Map<string, FolderFile>();
  // A file with two names is one file; the followed name comes first.
  for (const one of await Promise.all(found))
    if (one !== undefined && !files.has(one.inode)) files.set(one.inode, one);
  return [...files.values()];
};

const isSame = (one: readonly FolderFile[], other: readonly FolderFile[]): boolean => {
  const paths = new Map(one.map(({ inode, path }) => [inode, path]));
  return one.length === other.length && other.every(({ inode, path }) => paths.get(inode) === path);
};

const mostTries = 10;

/**
 * The followed file and what rotation made of it. Names shift while one looks, so it looks until nothing has changed from
 * one time to the next; where something changes all the time, it gives all that it saw, and the numbers in the names say
 * nothing about the order (`isSteady`). Throws what the system says where the folder cannot be read.
 */
export const listFolder = async (file: string, pin: PinFile) => {
  const seen = new Map<string, FolderFile>();
  let last = await listOnce(file, pin);
  for (let tries = 1; tries < mostTries; tries += 1) {
    for (const one of last) seen.set(one.inode, { ...one, isFollowed: false });
    const next = await listOnce(file, pin);
    if (isSame(last, next)) return { files: next, isSteady: true };
    last = next;
  }
  for (const one of last) seen.set(one.inode, one);
  return { files: [...seen.values()], isSteady: false };
};

/** Changes whenever a file comes into, or goes out of, the folders where rotation leaves files. */
export const folderState = async (file: string): Promise<string> => {
  const folders = (await placesOf(file)).map(({ folder }) => statsOf(folder));
  const states = (await Promise.all(folders)).map((stats) => `${stats?.ino}:${stats?.mtimeNs}`);
  return [...states, (await statsOf(file))?.ino].join(" ");
};
