import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A file to write. `unfinished` is a folder, on the same disk, for what is not complete yet. */
export type Replacement = {
  readonly path: string;
  readonly contents: Uint8Array;
  readonly unfinished: string;
};

const hasContents = async ({ path, contents }: Replacement): Promise<boolean> => {
  try {
    return (await readFile(path)).equals(contents);
  } catch {
    return false;
  }
};

/** Writes a file and its folders, so that no reader finds half of it. A file that has these contents is left alone. */
export const replaceFile = async (replacement: Replacement): Promise<void> => {
  if (await hasContents(replacement)) return;
  const { path, contents, unfinished } = replacement;
  await mkdir(dirname(path), { recursive: true });
  const written = join(unfinished, randomUUID());
  await writeFile(written, contents);
  await rename(written, path);
};
