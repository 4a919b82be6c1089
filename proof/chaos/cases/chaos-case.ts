import { join } from "node:path";
import type { Shutdown } from "../../../local/processes/shutdown.ts";
import { createRandom } from "../../../samples/random.ts";
import type { Check } from "../check.ts";
import { checkWhenQuiet } from "../check-when-quiet.ts";
import { type Audience, inDirectory } from "../in-directory.ts";
import { type Lives, startLives } from "../lives.ts";
import { type LoadEvent, makeLoad } from "../load.ts";
import { type Posted, type Posting, postLoad } from "../post-load.ts";
import { mountSmallDisk, type SmallDisk } from "../small-disk.ts";

/** What a case has to work with: a stack, and a load of one bridge. */
export type CaseStage = {
  readonly lives: Lives;
  readonly directory: string;
  /** The disk under `--data`; undefined where the case does not ask for one. */
  readonly disk: SmallDisk | undefined;
  readonly events: readonly LoadEvent[];
  /** What the bridge sends: with repeats and out of order. */
  readonly deliveries: readonly LoadEvent[];
  readonly send: (events: readonly LoadEvent[], posting?: Partial<Posting>) => Promise<Posted>;
};
/** Something that goes wrong in a way of its own, with what must come of it. */
export type ChaosCase = {
  readonly name: string;
  readonly expected: string;
  readonly mood: "calm" | "faulty";
  /** Whether `--data` is on a disk of its own that can be filled. */
  readonly hasOwnDisk?: boolean;
  /** What must lie in dead letters afterwards. */
  readonly leftovers?: Readonly<Record<string, number>>;
  /** Plays it and answers what is to be checked beside the rest. */
  readonly play: (stage: CaseStage) => Promise<readonly Check[]>;
};

const timeLapse = 30;
const count = 800;

const createSend = ({ url, keys }: Lives, seed: number, shutdown: Shutdown): CaseStage["send"] => {
  const stop = new AbortController();
  shutdown.add(() => stop.abort());
  const usual = {
    url,
    key: () => keys["bridge-a"].key,
    signal: stop.signal,
    random: createRandom(seed + 3),
    perSecond: 100,
  };
  return (events, posting) => {
    const sending = postLoad(events, { ...usual, ...posting });
    // A sender in the background is checked only at the end.
    sending.catch(() => undefined);
    return sending;
  };
};

/** Plays a case on a stack of its own and answers what was found. Throws NotPossible where it cannot be played here. */
export const runCase = (chaosCase: ChaosCase, seed: number, audience: Audience): Promise<Check[]> =>
  inDirectory(audience, async (directory, shutdown) => {
    const { mood, hasOwnDisk = false, leftovers = {}, play } = chaosCase;
    const folder = join(directory, "disk");
    const disk = hasOwnDisk ? await mountSmallDisk(folder, shutdown) : undefined;
    const dataDirectory = join(disk === undefined ? directory : folder, "data");
    const lives = await startLives({ directory, dataDirectory, seed, timeLapse, mood, shutdown });
    const load = makeLoad({ seed, count, now: Date.now() * 1000 });
    const events = load.events.filter(({ application }) => application === "bridge-a");
    const deliveries = load.deliveries["bridge-a"];
    const send = createSend(lives, seed, shutdown);
    const own = await play({ lives, directory, disk, events, deliveries, send });
    const checks = [...own, ...(await checkWhenQuiet(lives, { events, leftovers }))];
    await lives.end();
    return checks;
  });
