import { findDamage } from "./content.ts";
import { createDenied } from "./denied.ts";
import { findElsewhere } from "./find-elsewhere.ts";
import { beginsWith, fingerprintOf } from "./fingerprint.ts";
import { type FolderFile, listFolder } from "./folder-file.ts";
import { type Generation, releasedId } from "./generation.ts";
import type { Ledger } from "./ledger.ts";
import { isNextMissing } from "./order-of-rotation.ts";
import { findOriginal, recognizeByContent, recognizeByInode } from "./recognize.ts";
import { createScene, FolderChanged, type FoundFile, type LiveFile, type Scene } from "./scene.ts";

/** What a look found. */
export type Sight = {
  /** What is to be read, in order; the followed file is the last. */
  readonly found: readonly FoundFile[];
  /** The files by inode. */
  readonly files: ReadonlyMap<string, FolderFile>;
  /** Generations of which something may be unread, and that are gone. */
  readonly gone: readonly Generation[];
  /** A generation behind which another one is missing. */
  readonly holed: Generation | undefined;
  /** Files that may not be read, and have been so for long; each is named once. */
  readonly refused: readonly FolderFile[];
  /** Something is not yet what it will be: nothing behind it may be read. */
  readonly isUnsettled: boolean;
};

/** The files that are open already. */
export type OpenFiles = {
  readonly live: () => readonly LiveFile[];
  /** Drops those that were emptied or rewritten; true where there were some. */
  readonly dropReplaced: () => Promise<boolean>;
};

const mostTries = 10;
// A copy that is being made is complete soon; what is damaged stays so.
const settlingLooks = 5;
// So many files are held open; the others are opened when their turn comes.
const mostOpen = 200;

const keyOf = ({ inode, size, modified }: FolderFile): string => `${inode} ${size} ${modified}`;

/**
 * Makes a look at a followed file and what rotation made of it: which files are known, and what is to be read. Undefined
 * where names went on changing while it looked.
 */
export const createLook = (path: string, ledger: Ledger) => {
  /** Copies, each with the inode of what it is a copy of. */
  const copies = new Map<string, string>();
  const damaged = new Map<string, number>();
  const denied = createDenied(path);
  let isFirst = ledger.isEmpty() || ledger.isOfReleased;

  /** At the first look, what lies beside the file was there before. */
  const wasBefore = ({ ledger: { isOfReleased }, places }: Scene, file: FolderFile): boolean => {
    if (!isFirst || file.isFollowed) return false;
    if (!isOfReleased) return true;
    const kept = places.get(releasedId);
    return kept !== undefined && (kept.isFollowed || file.modifiedMs <= kept.modifiedMs);
  };
  const noteOld = async (scene: Scene, file: FolderFile): Promise<void> => {
    const { content, length } = await scene.open(file);
    const isPlain = content?.isCompressed === false;
    const print = isPlain ? await fingerprintOf(content, await length()) : {};
    const { id } = ledger.add(file, { ...print, isDone: true });
    scene.places.set(id, file);
  };
  /** An original that has changed may no longer hold what its copy does. */
  const stateOf = ({ files }: Scene, inode: string): string => {
    const original = files.find((one) => one.inode === inode);
    return original === undefined ? inode : keyOf(original);
  };
  const isKnownCopy = (scene: Scene, file: FolderFile): boolean => {
    const original = copies.get(keyOf(file));
    const inodes = [...scene.files, ...scene.live].map(({ inode }) => inode);
    return original !== undefined && inodes.some((inode) => stateOf(scene, inode) === original);
  };
  /** Of a damaged file: whether it has been so for long enough. */
  const isSettled = (file: FolderFile): boolean => {
    const looks = (damaged.get(keyOf(file)) ?? 0) + 1;
    damaged.set(keyOf(file), looks);
    return looks > settlingLooks;
  };

  /** False where the file is not yet what it will be. */
  const takeNew = async (scene: Scene, file: FolderFile, begun: Generation | undefined) => {
    const opened = await scene.open(file);
    const original = await findOriginal(scene, opened);
    if (original !== undefined) {
      copies.set(keyOf(file), stateOf(scene, original));
      return true;
    }
    const { content, handle } = opened;
    const damage = content === undefined ? "its compression" : await findDamage(handle);
    if (content !== undefined && damage !== undefined && !isSettled(file)) return false;
    const trouble = damage === undefined ? {} : { trouble: damage };
    if (begun !== undefined) scene.places.set(begun.id, file);
    scene.found.push({ ...opened, generation: begun, ...trouble });
    return true;
  };
  const takeAllNew = async (scene: Scene, files: readonly FolderFile[]): Promise<boolean> => {
    for (const file of scene.inOrder(files)) {
      if (wasBefore(scene, file)) await noteOld(scene, file);
      else if ((file.size > 0 || file.isFollowed) && !isKnownCopy(scene, file)) {
        // It was known before anything was in it: the first unknown one is what became of it.
        const empty = scene.absent().find(({ isDone, offset }) => !isDone && offset === 0);
        const begun = file.isFollowed ? undefined : empty;
        if (!(await takeNew(scene, file, begun))) return false;
        if (scene.found.length + scene.live.length >= mostOpen) return true;
      }
    }
    return true;
  };

  const findHoled = ({ places, files, live }: Scene): Generation | undefined => {
    const isAllThere = live.every(({ inode }) => files.some((file) => file.inode === inode));
    const beside = files.filter(({ isFollowed }) => !isFollowed);
    const known = ledger.all().filter(({ isDone }) => isDone);
    return ledger.all().find((one) => {
      const file = places.get(one.id);
      if (one.isDone || file === undefined || file.isFollowed || !isAllThere) return false;
      return isNextMissing(
        file,
        beside,
        known.flatMap(({ id }) => places.get(id) ?? []),
      );
    });
  };
  const inOrder = (scene: Scene): FoundFile[] => {
    const isBegun = ({ generation, file }: FoundFile): boolean =>
      generation?.isDone === false && !file.isFollowed;
    const begun = scene.found.filter(isBegun);
    const rest = scene.inOrder(scene.found.filter((one) => !isBegun(one)).map(({ file }) => file));
    return [
      ...begun.sort((a, b) => (a.generation?.id ?? 0) - (b.generation?.id ?? 0)),
      ...rest.flatMap((file) => scene.found.find((one) => one.file.inode === file.inode) ?? []),
    ];
  };
  const see = async (scene: Scene): Promise<Omit<Sight, "files" | "refused">> => {
    const rest = await recognizeByInode(scene);
    const unknown = await recognizeByContent(
      scene,
      rest.filter((file) => !isKnownCopy(scene, file)),
    );
    const isComplete = await takeAllNew(scene, unknown);
    const gone = await findElsewhere(scene, path);
    isFirst = false;
    const holed = findHoled(scene);
    ledger.prune(new Set(scene.places.keys()));
    return { found: inOrder(scene), gone, holed, isUnsettled: !isComplete };
  };

  /** Between recognizing a file and reading it, it may have been emptied. */
  const areStill = async (found: readonly FoundFile[]): Promise<boolean> => {
    for (const { generation, content, file } of found)
      if (generation !== undefined && content !== undefined && file.isFollowed)
        return beginsWith(content, generation);
    return true;
  };
  const tryOnce = async (opened: OpenFiles): Promise<Sight | undefined> => {
    await opened.dropReplaced();
    const { files, refused } = await denied.split(await listFolder(path));
    const scene = createScene(ledger, files, opened.live());
    try {
      const seen = await see(scene);
      if ((await opened.dropReplaced()) || !(await areStill(seen.found))) throw new FolderChanged();
      await scene.closeOthers(seen.found);
      return { ...seen, refused, files: new Map(files.map((file) => [file.inode, file])) };
    } catch (error) {
      await scene.closeOthers([]);
      if (error instanceof FolderChanged) return undefined;
      denied.note(error);
      throw error;
    }
  };
  return async (opened: OpenFiles): Promise<Sight | undefined> => {
    let sight: Sight | undefined;
    for (let tries = 0; sight === undefined && tries < mostTries; tries += 1)
      sight = await tryOnce(opened);
    return sight;
  };
};
