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

/** Whether a file may be a generation: it has its inode, or its name begins as the followed one's does. */
const mayBe = (file: FolderFile, followed: string, { inode }: Generation): boolean =>
  file.inode === inode || file.name.startsWith(basename(followed));

/**
 * Looks for generations that were not read to their end and have no name that rotation gives: whatever the name, what was
 * begun is read to its end. Gives those that are gone.
 */
export const findElsewhere = async (scene: Scene, followed: string): Promise<Generation[]> => {
  const missing = scene.absent().filter(({ isDone }) => !isDone);
  if (missing.length === 0) return [];
  const seen = new Set([...scene.files, ...scene.live].map(({ inode }) => inode));
  const gone = new Set(missing);
  for (const path of await pathsAround(followed, missing)) {
    const file = gone.size === 0 ? undefined : await fileAt(path);
    if (file === undefined || seen.has(file.inode)) continue;
    for (const generation of gone) {
      if (!mayBe(file, followed, generation)) continue;
      const opened = await scene.open(file);
      if (opened.content === undefined || !(await beginsWith(opened.content, generation))) continue;
      if (generation.offset === 0 && file.inode !== generation.inode) continue;
      scene.places.set(generation.id, file);
      scene.found.push({ ...opened, generation });
      gone.delete(generation);
    }
  }
  return [...gone];
};
