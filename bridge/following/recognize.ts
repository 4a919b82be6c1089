import { beginsWith } from "./fingerprint.ts";
import type { FolderFile } from "./folder-file.ts";
import type { Generation } from "./generation.ts";
import type { OpenedFile } from "./opener.ts";
import type { Scene } from "./scene.ts";

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
  const isRead =
    generation.isDone &&
    (content?.isCompressed === true || (await opened.length()) <= generation.offset);
  if (isRead) place(scene, generation, file);
  else {
    scene.places.set(generation.id, file);
    scene.found.push({ ...opened, generation });
  }
};

const withInode = async (
  scene: Scene,
  file: FolderFile,
  known: readonly Generation[],
): Promise<boolean> => {
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
  const known = Map.groupBy(scene.ledger.all(), ({ inode }) => inode);
  for (const file of scene.files) {
    const live = scene.live.find(({ inode }) => inode === file.inode);
    if (live?.id !== undefined) scene.places.set(live.id, file);
    if (live !== undefined) continue;
    const ofInode = known.get(file.inode) ?? [];
    if (ofInode.length === 0 || !(await withInode(scene, file, ofInode))) rest.push(file);
    await scene.release(file);
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
  // What is done does not grow: what is longer only begins alike.
  const more = (await length()) - generation.offset;
  if (generation.offset === 0 || (generation.isDone && more !== 0)) return false;
  const { head, headBytes, offset } = generation;
  const isAlike = (await opened.hashOfFirst(Math.min(offset, headBytes))) === head;
  return isAlike && beginsWith(content, generation);
};

const byContent = async (
  scene: Scene,
  file: FolderFile,
  candidates: readonly Generation[],
): Promise<boolean> => {
  const absent = candidates.filter(({ id }) => !scene.places.has(id));
  const compressed = absent.find((one) => one.isDone && one.offset === 0 && isUnchanged(file, one));
  if (compressed !== undefined) {
    place(scene, compressed, file);
    return true;
  }
  if (absent.length === 0 || file.size === 0) return false;
  const opened = await scene.open(file);
  for (const one of absent) {
    if (!(await isOf(opened, one))) continue;
    if (opened.content === undefined) place(scene, { ...one, isDone: true }, file);
    else await placeOpened(scene, one, opened);
    return true;
  }
  return false;
};

/**
 * What was written to a file after it was copied and before it was emptied is in no file. Where it was read before, the
 * copy has nothing that is unread.
 */
const asIncompleteCopy = async (scene: Scene, file: FolderFile): Promise<boolean> => {
  for (const one of scene.absent()) {
    if (one.isDone || file.size === 0) continue;
    const { content, length } = await scene.open(file);
    if (content === undefined) return false;
    if (!(await scene.ledger.isIncompleteCopy(one.id, content, await length()))) continue;
    place(scene, { ...one, isDone: true }, file);
    return true;
  }
  return false;
};

const without = async (
  scene: Scene,
  files: readonly FolderFile[],
  recognize: (scene: Scene, file: FolderFile) => Promise<boolean>,
): Promise<FolderFile[]> => {
  const rest: FolderFile[] = [];
  for (const file of files) {
    if (!(await recognize(scene, file))) rest.push(file);
    await scene.release(file);
  }
  return rest;
};

/** Finds generations that were copied or compressed, so that their inode is another. Gives the files that are none. */
export const recognizeByContent = async (scene: Scene, files: readonly FolderFile[]) => {
  // Of several that a file begins with, it is the one of which most was read.
  const absent = scene.absent().sort((a, b) => b.offset - a.offset);
  const rest = await without(scene, scene.inOrder(files), (_, file) =>
    byContent(scene, file, absent),
  );
  // Short files are alike: of several that it may be, it is the newest.
  return without(scene, rest.toReversed(), asIncompleteCopy);
};
