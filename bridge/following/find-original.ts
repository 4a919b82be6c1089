import { beginsWith, fingerprintOf } from "./fingerprint.ts";
import { type FolderFile, factsKey } from "./folder-file.ts";
import type { OpenedFile } from "./opener.ts";
import { withoutCompression } from "./rotated-names.ts";
import type { Scene } from "./scene.ts";

/** The files of which this one may be a copy that is still being made: of a compressed one, its name may have changed. */
const originalsOf = ({ files, live, isNew }: Scene, { file, content }: OpenedFile) => ({
  live: live.filter(({ inode }) => inode !== file.inode),
  files: files.filter(
    (one) =>
      one.inode !== file.inode &&
      !live.some(({ inode }) => inode === one.inode) &&
      (one.isFollowed ||
        one.path === withoutCompression(file.path) ||
        (content?.isCompressed === true && isNew(one))),
  ),
});

/** The inode of a file that begins with all that this one holds: it is a copy of it. Undefined where there is none. */
const findOriginal = async (scene: Scene, opened: OpenedFile): Promise<string | undefined> => {
  const { file, content, length } = opened;
  if (content === undefined || file.isFollowed) return undefined;
  const print = await fingerprintOf(content, await length());
  if (print.offset === 0) return undefined;
  const originals = originalsOf(scene, opened);
  for (const one of originals.live)
    if (one.content !== undefined && (await beginsWith(one.content, print))) return one.inode;
  for (const one of originals.files) {
    const original = await scene.open(one);
    if (original.content?.isCompressed === true) continue;
    if (original.content !== undefined && (await beginsWith(original.content, print)))
      return one.inode;
  }
  return undefined;
};

/** An original that has changed may no longer hold what its copy does. */
const stateOf = ({ files }: Scene, inode: string): string => {
  const original = files.find((one) => one.inode === inode);
  return original === undefined ? inode : factsKey(original);
};

/** Recognizes copies of files that are there too, or open: they are being copied, or compressed, and hold nothing of their own. */
export const createCopies = () => {
  /** Copies, each with what its original was like. */
  const copies = new Map<string, string>();
  return {
    /** Whether it is a copy that was seen before, and its original is still the same. */
    isKnown: (scene: Scene, file: FolderFile): boolean => {
      const original = copies.get(factsKey(file));
      const inodes = [...scene.files, ...scene.live].map(({ inode }) => inode);
      const found = inodes.find((inode) => stateOf(scene, inode) === original);
      if (original === undefined || found === undefined) return false;
      scene.copied.add(found);
      return true;
    },
    isCopy: async (scene: Scene, opened: OpenedFile): Promise<boolean> => {
      const original = await findOriginal(scene, opened);
      if (original === undefined) return false;
      copies.set(factsKey(opened.file), stateOf(scene, original));
      scene.copied.add(original);
      return true;
    },
  };
};
