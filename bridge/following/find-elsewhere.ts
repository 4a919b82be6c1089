import { readdir, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { beginsWith } from "./fingerprint.ts";
import { type FolderFile, factsOfStats, statsOf } from "./folder-file.ts";
import type { Generation } from "./generation.ts";
import type { Scene } from "./scene.ts";

const fileAt = async (path: string): Promise<FolderFile | undefined> => {
  const stats = await statsOf(path);
  if (!stats?.isFile()) return undefined;
  return { path, name: basename(path), numbers: [], isFollowed: false, ...factsOfStats(stats) };
};

const pathsAround = async (file: string, generations: readonly Generation[]) => {
  const target = await realpath(file).catch(() => file);
  const folders = new Set([file, target, ...generations.map(({ path }) => path)].map(dirname));
  const names = [...folders].map(async (folder) =>
    (await readdir(folder).catch(() => [])).map((name) => join(folder, name)),
  );
  return (await Promise.all(names)).flat();
};

const hasInode = (file: FolderFile, { inode }: Generation): boolean => file.inode === inode;

const isNamedAlike = (file: FolderFile, { offset }: Generation, followed: string): boolean =>
  offset > 0 && file.name.startsWith(basename(followed));

const find = async (
  scene: Scene,
  followed: string,
  mayBe: (file: FolderFile, generation: Generation) => boolean,
): Promise<void> => {
  const seen = new Set([...scene.files, ...scene.live].map(({ inode }) => inode));
  const missing = new Set(scene.absent().filter(({ isDone }) => !isDone));
  if (missing.size === 0) return;
  for (const path of await pathsAround(followed, [...missing])) {
    const file = missing.size === 0 ? undefined : await fileAt(path);
    if (file === undefined || seen.has(file.inode)) continue;
    for (const generation of missing) {
      if (!mayBe(file, generation)) continue;
      const opened = await scene.open(file);
      if (opened.content === undefined || !(await beginsWith(opened.content, generation))) continue;
      scene.places.set(generation.id, file);
      scene.found.push({ ...opened, generation });
      missing.delete(generation);
    }
  }
};

/** Finds generations that were not read to their end under any name, by their inode: what was begun is read to its end. */
export const findByInode = async (scene: Scene, followed: string): Promise<void> => {
  const inodes = new Set(scene.files.map(({ inode }) => inode));
  // What has the inode and not what was read was emptied, or is another file.
  const isElsewhere = scene.absent().some(({ isDone, inode }) => !isDone && !inodes.has(inode));
  if (isElsewhere) await find(scene, followed, hasInode);
};

/** Finds copies of generations that were not read to their end, under names that begin as the followed one's does. */
export const findByName = (scene: Scene, followed: string): Promise<void> =>
  find(scene, followed, (file, generation) => isNamedAlike(file, generation, followed));
