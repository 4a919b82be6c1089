import { beginsWith, fingerprintOf } from "./fingerprint.ts";
import type { FolderFile } from "./folder-file.ts";
import type { Generation } from "./generation.ts";
import { withoutCompression } from "./rotated-names.ts";
import type { OpenedFile, Scene } from "./scene.ts";

const isUnchanged = (file: FolderFile, { size, modified }: Generation): boolean =>
  file.size === size && file.modified === modified;

const place = ({ ledger, places }: Scene, generation: Generation, file: FolderFile): Generation => {
  places.set(generation.id, file);
  const { path, inode } = generation;
  const isThere = path === file.path && inode === file.inode && isUnchanged(file, generation);
  return isThere ? generation : ledger.move(generation, file);
};

/** Notes where a generation is, and that it is to be read where there is more of it than was read. */
const placeOpened = async (scene: Scene, generation: Generation, opened: OpenedFile) => {
  const { file, content } = opened;
  const length = await opened.length();
  const isRead =
    generation.isDone && (content?.isCompressed === true || length <= generation.offset);
  if (isRead) place(scene, generation, file);
  else {
    scene.places.set(generation.id, file);
    scene.found.push({ ...opened, generation });
  }
};

const withInode = async (scene: Scene, file: FolderFile): Promise<boolean> => {
  const { ledger, places } = scene;
  const known = ledger.all().filter(({ inode, id }) => inode === file.inode && !places.has(id));
  if (known.length === 0) return false;
  const unchanged = known.find((one) => one.isDone && isUnchanged(file, one));
  if (unchanged !== undefined) {
    place(scene, unchanged, file);
    return true;
  }
  const opened = await scene.open(file);
  for (const one of known.toSorted((a, b) => Number(a.isDone) - Number(b.isDone))) {
    if (opened.content === undefined || (one.isDone && one.offset === 0)) continue;
    if (!(await beginsWith(opened.content, one))) continue;
    await placeOpened(scene, one, opened);
    return true;
  }
  return false;
};

/** Finds generations that still have the inode they had, and what was read of them. Gives the files that are none. */
export const recognizeByInode = async (scene: Scene): Promise<FolderFile[]> => {
  const rest: FolderFile[] = [];
  for (const file of scene.files) {
    const live = scene.live.find(({ inode }) => inode === file.inode);
    if (live?.id !== undefined) scene.places.set(live.id, file);
    if (live === undefined && !(await withInode(scene, file))) rest.push(file);
  }
  return rest;
};

const seconds = (nanoseconds: string): string => nanoseconds.slice(0, -9);

/** A compressor keeps the time of what it compresses: of a compression that cannot be read this is all there is. */
const isOfSameTime = (file: FolderFile, { offset, size, modified }: Generation): boolean =>
  size > 0 && offset === size && seconds(modified) === seconds(file.modified);

const isOf = async (opened: OpenedFile, generation: Generation): Promise<boolean> => {
  const { content, length } = opened;
  if (content === undefined) return isOfSameTime(opened.file, generation);
  if (generation.offset === 0 || !(await beginsWith(content, generation))) return false;
  // What is done does not grow: what is longer only begins alike.
  return !generation.isDone || (await length()) === generation.offset;
};

/** What was written to a file after it was copied and before it was emptied is in no file: what was read is all there is. */
const isIncompleteCopy = async (
  { ledger }: Scene,
  opened: OpenedFile,
  { id, isDone }: Generation,
) =>
  !isDone &&
  opened.content !== undefined &&
  (await ledger.isIncompleteCopy(id, opened.content, await opened.length()));

const byContent = async (scene: Scene, file: FolderFile): Promise<boolean> => {
  const absent = scene.absent().toSorted((a, b) => b.offset - a.offset);
  if (absent.length === 0) return false;
  const compressed = absent.find((one) => one.isDone && one.offset === 0 && isUnchanged(file, one));
  if (compressed !== undefined) {
    place(scene, compressed, file);
    return true;
  }
  const opened = await scene.open(file);
  for (const one of absent) {
    const isIncomplete = await isIncompleteCopy(scene, opened, one);
    if (!isIncomplete && !(await isOf(opened, one))) continue;
    if (isIncomplete || opened.content === undefined) place(scene, { ...one, isDone: true }, file);
    else await placeOpened(scene, one, opened);
    return true;
  }
  return false;
};

/** Finds generations that were copied or compressed, so that their inode is another. Gives the files that are none. */
export const recognizeByContent = async (scene: Scene, files: readonly FolderFile[]) => {
  const rest: FolderFile[] = [];
  for (const file of scene.inOrder(files)) if (!(await byContent(scene, file))) rest.push(file);
  return rest;
};

/** The files of which this one may be a copy that is still being made. */
const originalsOf = ({ files, live }: Scene, file: FolderFile) => ({
  live: live.filter(({ inode }) => inode !== file.inode),
  files: files.filter(
    ({ inode, path, isFollowed }) =>
      inode !== file.inode &&
      !live.some((one) => one.inode === inode) &&
      (isFollowed || path === withoutCompression(file.path)),
  ),
});

/** The inode of a file that begins with all that this one holds: it is a copy of it. Undefined where there is none. */
export const findOriginal = async (
  scene: Scene,
  { file, content, length }: OpenedFile,
): Promise<string | undefined> => {
  if (content === undefined || file.isFollowed) return undefined;
  const print = await fingerprintOf(content, await length());
  if (print.offset === 0) return undefined;
  const originals = originalsOf(scene, file);
  for (const one of originals.live)
    if (one.content !== undefined && (await beginsWith(one.content, print))) return one.inode;
  for (const one of originals.files) {
    const original = await scene.open(one);
    if (original.content !== undefined && (await beginsWith(original.content, print)))
      return one.inode;
  }
  return undefined;
};
