import { type FileHandle, open, stat } from "node:fs/promises";
import { type FilePlace, parsePlace } from "./place.ts";
import { type GrownLines, readGrowing } from "./read-growing.ts";
import { findRotated, isAt } from "./rotated-files.ts";

/** What following a file needs. */
export type FollowDependencies = {
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onNote: (text: string) => void;
};

const pollMs = 200;
// Who writes the file may go on for a moment after the rename, until it opens the new one.
const quietPolls = 5;

type Part = {
  readonly file: string;
  readonly place?: FilePlace;
};

/** What is to be read, in order, of a file and what rotation made of it since the place; the file itself comes last. */
const partsSince = async (
  file: string,
  place: FilePlace | undefined,
  { onNote }: FollowDependencies,
): Promise<Part[]> => {
  if (place === undefined) return [{ file }];
  if (await isAt(file, place)) return [{ file, place }];
  const { isFound, files } = await findRotated(file, place);
  if (!isFound && place.offset > 0)
    onNote(
      `${file} was rotated, and what it was before is not beside it: events behind byte ${place.offset} may be missing`,
    );
  return [...files, { file }];
};

const openPart = async ({ file }: Part): Promise<FileHandle | undefined> =>
  open(file).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });

const isStill = async (name: string, file: FileHandle): Promise<boolean> => {
  const [named, opened] = [await stat(name).catch(() => undefined), await file.stat()];
  // Between a rename and the new file there is none: the one that is open may still grow.
  return named === undefined || (named.ino === opened.ino && named.dev === opened.dev);
};

/** Lines of a file as it grows, over rotation by renaming and by copying and emptying, from where the place says. */
export async function* followFile(
  file: string,
  kept: string | undefined,
  deps: FollowDependencies,
  signal: AbortSignal,
): AsyncGenerator<GrownLines> {
  let place = kept === undefined ? undefined : parsePlace(kept);

  async function* readPart(part: Part, handle: FileHandle): AsyncGenerator<GrownLines> {
    const growing = await readGrowing(handle, part.place);
    if (part.place === undefined) yield { lines: [], place: growing.place() };
    for (let quiet = 0; !signal.aborted && quiet < quietPolls; ) {
      const grown = await growing.more();
      if (grown === "replaced") return;
      if (grown !== undefined) {
        quiet = 0;
        if (grown.lines.length > 0) yield grown;
        continue;
      }
      // The end of a file that has been rotated away is final when it stays quiet.
      quiet = part.file === file && (await isStill(file, handle)) ? 0 : quiet + 1;
      await deps.sleep(pollMs, signal);
    }
    if (!signal.aborted) yield await growing.last();
  }

  while (!signal.aborted) {
    for (const part of await partsSince(file, place, deps)) {
      const handle = await openPart(part);
      if (handle === undefined) continue;
      try {
        for await (const grown of readPart(part, handle)) {
          ({ place } = grown);
          yield grown;
        }
      } finally {
        await handle.close();
      }
    }
    await deps.sleep(pollMs, signal);
  }
}
