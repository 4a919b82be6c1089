import { folderState } from "./folder-file.ts";
import type { Gap } from "./gap.ts";
import type { GenerationLedger } from "./generation-ledger.ts";
import { createLook, type Sight } from "./look.ts";
import type { ReadQueue } from "./read-queue.ts";

/** What watching a folder needs. */
export type WatchDependencies = {
  readonly file: string;
  readonly ledger: GenerationLedger;
  readonly queue: ReadQueue;
  readonly onNote: (text: string) => void;
  readonly now: () => Date;
};

// A file that is not there may be on its way: copied, renamed, or compressed.
const missingLooks = 5;
// After a change of the folder, times of whole seconds would hide another one.
const busyLooks = 10;
const calmLooks = 50;

/** Looks at the folder of a followed file where something has changed in it, and puts what is to be read into the queue. */
export const createWatch = ({ file, ledger, queue, onNote, now }: WatchDependencies) => {
  const look = createLook(file, ledger);
  let [state, looksSince, missing] = ["", 0, 0];
  let gone: Sight["gone"] = [];
  let failure: string | undefined;

  const isDue = async (): Promise<boolean> => {
    const present = await folderState(file);
    looksSince = present === state ? looksSince + 1 : 0;
    state = present;
    const isBusy = failure !== undefined || queue.takeDropped() || missing > 0 || queue.isWaiting();
    return isBusy || looksSince < busyLooks || looksSince % calmLooks === 0;
  };
  const gapTo = (to: string, why: string, from = ledger.lastTime()): Gap => ({
    ...(from !== undefined && { from }),
    to,
    why,
  });
  /** Says that what was not read to its end is gone, and expects nothing more of it. */
  const giveUp = (to: string): Gap[] => {
    const [from] = gone.flatMap(({ lastTime }) => lastTime ?? []);
    const names = gone.map(({ path }) => path).join(", ");
    const gap = gapTo(to, `what was read as ${names} is gone, or was emptied without a copy`, from);
    for (const one of gone) ledger.put({ ...one, inode: "", isDone: true });
    [gone, missing] = [[], 0];
    return [gap];
  };
  /** Puts into the queue what a look found. Where something is missing, what is behind it waits until that is sure. */
  const take = async (sight: Sight): Promise<Gap[]> => {
    queue.move(sight.files);
    await queue.supersede(sight.superseded);
    queue.add(sight.found);
    gone = sight.gone;
    const isHoled = sight.holed !== undefined && !queue.holed.has(sight.holed);
    missing = gone.length > 0 || isHoled ? missing + 1 : 0;
    const isSure = missing > missingLooks && queue.isFollowedUp();
    queue.holdUp(missing > 0 && !isSure);
    for (const inode of sight.overtaken) queue.holed.add(inode);
    if (!isSure) return [];
    if (sight.holed !== undefined) queue.holed.add(sight.holed);
    return gone.length > 0 ? giveUp(await queue.timeOfNext()) : [];
  };
  const lookNow = async (): Promise<Gap[]> => {
    const sight = (await isDue()) ? await look(queue) : undefined;
    if (sight === undefined) return [];
    if (failure !== undefined) onNote(`${file}: can be read again`);
    failure = undefined;
    const gaps = await take(sight);
    const refused = sight.refused.map(({ path }) => `${path} cannot be opened`);
    return [...gaps, ...refused.map((why) => gapTo(now().toISOString(), why))];
  };
  return {
    /** Looks, where there may be something. What the system refuses is said once, and tried again at the next look. */
    look: async (): Promise<Gap[]> => {
      try {
        return await lookNow();
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        if (text !== failure)
          onNote(`${file}: cannot be followed, tried again until it can: ${text}`);
        failure = text;
        return [];
      }
    },
    /** At the end, what is missing without anything behind it. */
    end: (): Gap[] =>
      missing > missingLooks && gone.length > 0 ? giveUp(now().toISOString()) : [],
  };
};
