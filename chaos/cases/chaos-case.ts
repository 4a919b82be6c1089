import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "../../samples/random.ts";
import type { Check } from "../check.ts";
import { checkWhenQuiet } from "../check-when-quiet.ts";
import { type Lives, startLives } from "../lives.ts";
import { type LoadEvent, makeLoad } from "../load.ts";
import { type Posted, type Posting, postLoad } from "../post-load.ts";
import { findSurvivors } from "../survivors.ts";

/** What a case has to work with: a stack, and a load of one bridge. */
export interface Stage {
  readonly lives: Lives;
  readonly directory: string;
  readonly events: readonly LoadEvent[];
  /** What the bridge sends: with repeats and out of order. */
  readonly deliveries: readonly LoadEvent[];
  readonly send: (events: readonly LoadEvent[], posting?: Partial<Posting>) => Promise<Posted>;
}
/** Something that goes wrong in a way of its own, with what must come of it. */
export interface ChaosCase {
  readonly name: string;
  readonly expected: string;
  readonly mood: "calm" | "faulty";
  /** What must lie in dead letters afterwards. */
  readonly leftovers?: Readonly<Record<string, number>>;
  /** Plays it and answers what is to be checked beside the rest. */
  readonly play: (stage: Stage) => Promise<readonly Check[]>;
}

const timeLapse = 30;
const count = 800;

const playIn = async (chaosCase: ChaosCase, seed: number, directory: string): Promise<Check[]> => {
  const { mood, leftovers = {}, play } = chaosCase;
  const lives = await startLives({ directory, seed, timeLapse, mood });
  const load = makeLoad({ seed, count, now: Date.now() * 1000 });
  const events = load.events.filter(({ application }) => application === "bridge-a");
  const { url, keys } = lives;
  const usual = {
    ...{ url, key: () => keys["bridge-a"].key },
    ...{ random: createRandom(seed + 3), perSecond: 100 },
  };
  const send: Stage["send"] = (some, posting) => postLoad(some, { ...usual, ...posting });
  try {
    const deliveries = load.deliveries["bridge-a"];
    const own = await play({ lives, directory, events, deliveries, send });
    return [...own, ...(await checkWhenQuiet(lives, { events, leftovers }))];
  } finally {
    await lives.end();
  }
};

/** Plays a case on a stack of its own and answers what was found. */
export const runCase = async (chaosCase: ChaosCase, seed: number): Promise<Check[]> => {
  const directory = mkdtempSync(join(tmpdir(), "chaos-case-"));
  try {
    const checks = await playIn(chaosCase, seed, directory);
    return [...checks, await findSurvivors(directory)];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
