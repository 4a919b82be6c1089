import { open, readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type FilePlace, holds } from "./place.ts";

type Sibling = {
  readonly file: string;
  readonly modifiedMs: number;
};

const isCompressed = (name: string): boolean => /\.(?:gz|xz|zst|bz2)$/.test(name);

/** The files that rotation made of a file: they lie beside it, and their names begin with its name. The oldest first. */
const siblingsOf = async (file: string): Promise<Sibling[]> => {
  const [folder, base] = [dirname(file), basename(file)];
  const names = (await readdir(folder)).filter(
    (name) => name !== base && name.startsWith(base) && !isCompressed(name),
  );
  const found: Sibling[] = [];
  for (const name of names) {
    const stats = await stat(join(folder, name)).catch(() => undefined);
    if (stats?.isFile()) found.push({ file: join(folder, name), modifiedMs: stats.mtimeMs });
  }
  return found.sort((a, b) => a.modifiedMs - b.modifiedMs);
};

/** Whether the file of this name is the one of the place. */
export const isAt = async (file: string, place: FilePlace): Promise<boolean> => {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return false;
  try {
    return await holds(handle, place);
  } finally {
    await handle.close();
  }
};

/**
 * What is still to be read of files that were rotated away, renamed or copied, since the place: the rest of the one of
 * the place, then those made after it. `isFound` is false where the one of the place is gone.
 */
export const findRotated = async (file: string, place: FilePlace) => {
  const siblings = await siblingsOf(file);
  for (const [index, sibling] of siblings.entries()) {
    if (!(await isAt(sibling.file, place))) continue;
    const later = siblings.slice(index + 1).map((one) => ({ file: one.file }));
    return { isFound: true, files: [{ file: sibling.file, place }, ...later] };
  }
  return { isFound: false, files: [] };
};
