import { createBefore } from "./before.ts";
import { createDenied } from "./denied.ts";
import { findByInode, findByName } from "./find-elsewhere.ts";
import { createCopies } from "./find-original.ts";
import { beginsWith } from "./fingerprint.ts";
import { type FolderFile, listFolder } from "./folder-file.ts";
import type { Generation } from "./generation.ts";
import type { GenerationLedger } from "./generation-ledger.ts";
import { holedIn, overtakenIn } from "./missing-files.ts";
import { createOpener, FolderChanged } from "./opener.ts";
import { recognizeByContent, recognizeByInode } from "./recognize.ts";
import { createScene, type FoundFile, type LiveFile, type Scene } from "./scene.ts";
import { createSettled } from "./settled.ts";
import { takesPlace } from "./takes-place.ts";

/** What a look found. */
export type Sight = {
  /** What is to be read, in order; the followed file is the last. */
  readonly found: readonly FoundFile[];
  /** The files by inode. */
  readonly files: ReadonlyMap<string, FolderFile>;
  /** Generations of which something may be unread, and that are gone. */
  readonly gone: readonly Generation[];
  /** The inode of a file behind which another one is missing. */
  readonly holed: string | undefined;
  /** Inodes of open files that are removed, though there are later ones: others between may be removed too. */
  readonly overtaken: readonly string[];
  /** Files that may not be read, and have been so for long; each is named once. */
  readonly refused: readonly FolderFile[];
  /** Inodes of open files in whose place the followed one has come, with all that they held. */
  readonly superseded: ReadonlySet<string>;
};

/** The files that are open already. */
export type OpenFiles = {
  readonly live: () => readonly LiveFile[];
  /** Drops those that were emptied or rewritten; true where there were some. */
  readonly dropReplaced: () => Promise<boolean>;
};

const mostTries = 10;
// So many files are held open; the others are opened when their turn comes.
const mostOpen = 200;

const isBegun = ({ generation, file }: FoundFile): boolean =>
  generation?.isDone === false && !file.isFollowed;

/** What an earlier run began comes first, the followed file last. */
const inReadingOrder = ({ found, inOrder }: Scene): FoundFile[] => {
  const begun = found.filter(isBegun);
  const rest = inOrder(found.filter((one) => !isBegun(one)).map(({ file }) => file));
  return [
    ...begun.sort((a, b) => (a.generation?.id ?? 0) - (b.generation?.id ?? 0)),
    ...rest.flatMap((file) => found.find((one) => one.file.inode === file.inode) ?? []),
  ];
};

/**
 * Makes a look at a followed file and what rotation made of it: which files are known, and what is to be read. Undefined
 * where names went on changing while it looked.
 */
export const createLook = (path: string, ledger: GenerationLedger) => {
  const copies = createCopies();
  const settled = createSettled();
  const denied = createDenied(path);
  const before = createBefore(ledger);

  const takeNew = async (scene: Scene, file: FolderFile): Promise<void> => {
    const opened = await scene.open(file);
    if ((await copies.isCopy(scene, opened)) || (await takesPlace(scene, opened))) return;
    // It was known before anything was in it: the first unknown one is what became of it.
    const empty = scene.absent().find(({ isDone, offset }) => !isDone && offset === 0);
    const generation = file.isFollowed ? undefined : empty;
    if (generation !== undefined) scene.places.set(generation.id, file);
    scene.found.push({ ...opened, generation });
  };
  const takeAllNew = async (scene: Scene, files: readonly FolderFile[]): Promise<void> => {
    for (const file of scene.inOrder(files)) {
      if (before.isOld(scene, file)) await before.note(scene, file);
      else if ((file.size > 0 || file.isFollowed) && !copies.isKnown(scene, file))
        await takeNew(scene, file);
      await scene.release(file);
      if (scene.found.length + scene.live.length >= mostOpen) return;
    }
  };
  const see = async (scene: Scene): Promise<Omit<Sight, "files" | "refused">> => {
    const rest = await recognizeByInode(scene);
    await findByInode(scene, path);
    const unknown = await recognizeByContent(
      scene,
      rest.filter((file) => !copies.isKnown(scene, file)),
    );
    await takeAllNew(scene, unknown);
    await findByName(scene, path);
    const gone = scene.absent().filter(({ isDone }) => !isDone);
    before.end();
    const holed = holedIn(scene);
    ledger.prune(new Set(scene.places.keys()));
    const overtaken = overtakenIn(scene);
    const found = await settled(inReadingOrder(scene));
    return { found, gone, holed, overtaken, superseded: scene.superseded };
  };

  /** Between recognizing a file and reading it, it may have been emptied. */
  const areStill = async (found: readonly FoundFile[]): Promise<boolean> => {
    for (const { generation, content, file } of found)
      if (generation !== undefined && content !== undefined && file.isFollowed)
        return beginsWith(content, generation);
    return true;
  };
  const seeIn = async (scene: Scene, opened: OpenFiles) => {
    const seen = await see(scene);
    const isStill = !(await opened.dropReplaced()) && (await areStill(seen.found));
    return isStill ? seen : undefined;
  };
  /** What is known needs not be opened; what lies there at the first look is not held. */
  const isFamiliar = (file: FolderFile, live: readonly LiveFile[]): boolean =>
    (before.isFirst() && !file.isFollowed) ||
    live.some(({ inode }) => inode === file.inode) ||
    ledger.isRead(file);
  const tryOnce = async (opened: OpenFiles): Promise<Sight | undefined> => {
    await opened.dropReplaced();
    const opener = createOpener();
    let kept: readonly FoundFile[] = [];
    try {
      const live = opened.live();
      const pin = async (file: FolderFile): Promise<FolderFile | undefined> =>
        isFamiliar(file, live) || (await denied.isLeftOut(file)) ? file : opener.pin(file);
      const listed = await listFolder(path, pin);
      const { files, refused } = await denied.split(listed.files);
      const seen = await seeIn(createScene(ledger, { ...listed, files }, live, opener), opened);
      kept = seen?.found ?? [];
      const byInode = new Map(files.map((file) => [file.inode, file]));
      return seen === undefined ? undefined : { ...seen, refused, files: byInode };
    } catch (error) {
      if (error instanceof FolderChanged) return undefined;
      denied.note(error);
      throw error;
    } finally {
      await opener.closeOthers(kept);
    }
  };
  return async (opened: OpenFiles): Promise<Sight | undefined> => {
    let sight: Sight | undefined;
    for (let tries = 0; sight === undefined && tries < mostTries; tries += 1)
      sight = await tryOnce(opened);
    return sight;
  };
};
