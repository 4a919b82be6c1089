import { fingerprintOf } from "./fingerprint.ts";
import type { FolderFile } from "./folder-file.ts";
import { releasedId } from "./generation.ts";
import type { GenerationLedger } from "./generation-ledger.ts";
import type { Scene } from "./scene.ts";

/** Recognizes what lies beside the followed file at the very first look: it was there before, and is not read. */
export const createBefore = (ledger: GenerationLedger) => {
  let isFirst = ledger.isEmpty() || ledger.isOfReleased;
  return {
    isFirst: (): boolean => isFirst,
    isOld: ({ places }: Scene, file: FolderFile): boolean => {
      if (!isFirst || file.isFollowed) return false;
      if (!ledger.isOfReleased) return true;
      const kept = places.get(releasedId);
      return kept !== undefined && (kept.isFollowed || file.modifiedMs <= kept.modifiedMs);
    },
    /** Notes an old file as read. A compressed one is not read for that: it is not compressed again. */
    note: async (scene: Scene, file: FolderFile): Promise<void> => {
      const { content, length } = await scene.open(file);
      const isPlain = content?.isCompressed === false;
      const print = isPlain ? await fingerprintOf(content, await length()) : {};
      const { id } = ledger.add(file, { ...print, isDone: true });
      scene.places.set(id, file);
    },
    /** The first look is over. */
    end: (): void => {
      isFirst = false;
    },
  };
};
