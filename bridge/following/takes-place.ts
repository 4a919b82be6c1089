import { beginsWith, fingerprintOf } from "./fingerprint.ts";
import type { OpenedFile } from "./opener.ts";
import type { Scene } from "./scene.ts";

/** The open file in whose place the followed one has come, with all that it held: an editor writes so. */
const findSuperseded = async (scene: Scene, { content }: OpenedFile) => {
  for (const one of scene.live) {
    const size = scene.copied.has(one.inode) ? undefined : await one.removedSize();
    if (size === undefined || size === 0 || one.id === undefined || !one.content) continue;
    const print = await fingerprintOf(one.content, size);
    if (content !== undefined && (await beginsWith(content, print))) return one;
  }
  return undefined;
};

/** Whether the followed file has come in the place of one that is open; then that one is read on in it. */
export const takesPlace = async (scene: Scene, opened: OpenedFile): Promise<boolean> => {
  const before = opened.file.isFollowed ? await findSuperseded(scene, opened) : undefined;
  const generation = before?.id === undefined ? undefined : scene.ledger.get(before.id);
  if (before === undefined || generation === undefined || generation.isDone) return false;
  scene.superseded.add(before.inode);
  scene.places.set(generation.id, opened.file);
  scene.found.push({ ...opened, generation });
  return true;
};
