import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { between, createRandom } from "../samples/random.ts";
import { type BridgeRuns, startBridgeRuns } from "./bridge-runs.ts";
import type { Check } from "./check.ts";
import { checkWhenQuiet } from "./check-when-quiet.ts";
import { type Lives, startLives } from "./lives.ts";
import { type LoadEvent, makeLoad } from "./load.ts";
import { postLoad } from "./post-load.ts";
import { findSurvivors } from "./survivors.ts";

/** One round of chaos. */
export interface Round {
  readonly seed: number;
  readonly events: number;
  /** How often the bridge is killed, at most; with each fourth, the whole stack too. */
  readonly kills: number;
  readonly say: (line: string) => void;
}

const timeLapse = 30;
const perSecond = 250;
const killsPerStackKill = 4;

// As long as there is load: the bridge every few seconds, the stack now and then.
const killOnAndOn = async (
  { seed, kills, say }: Round,
  { lives, bridge, isOver }: { lives: Lives; bridge: BridgeRuns; isOver: () => boolean },
): Promise<void> => {
  const random = createRandom(seed + 7);
  for (let turn = 1; turn <= kills; turn += 1) {
    await wait(between(random, 2000, 6000));
    if (isOver()) return;
    bridge.kill();
    if (turn % killsPerStackKill !== 1) continue;
    say("the stack is killed");
    await lives.restart();
  }
};

const sendAll = async (round: Round, lives: Lives, directory: string): Promise<LoadEvent[]> => {
  const { seed, events: count, say } = round;
  const load = makeLoad({ seed, count, now: Date.now() * 1000 });
  const { url, keys } = lives;
  const bridge = startBridgeRuns(load.deliveries["bridge-b"], {
    ...{ directory, url },
    key: keys["bridge-b"].key,
  });
  let isOver = false;
  const posting = {
    url,
    key: () => keys["bridge-a"].key,
    random: createRandom(seed + 3),
    perSecond,
  };
  const sending = Promise.all([postLoad(load.deliveries["bridge-a"], posting), bridge.done]);
  const killing = killOnAndOn(round, { lives, bridge, isOver: () => isOver });
  try {
    const [{ again }] = await sending;
    for (const [why, times] of again) say(`posted again ${times} times: ${why}`);
    say(`the bridge was killed ${bridge.kills()} times, the stack ${lives.outages.length} times`);
  } finally {
    isOver = true;
    bridge.end();
    await killing;
  }
  return [...load.events];
};

/** Runs a round on a stack of its own and answers what was found. Its directory stays where something is wrong. */
export const runRound = async (round: Round): Promise<Check[]> => {
  const { seed, say } = round;
  const directory = mkdtempSync(join(tmpdir(), "chaos-"));
  const lives = await startLives({ directory, seed, timeLapse, mood: "faulty" });
  try {
    const events = await sendAll(round, lives, directory);
    const counts = Object.entries(await lives.calm()).filter(([kind]) => kind !== "none");
    say(`faults of the last life: ${counts.map(([kind, count]) => `${count} ${kind}`).join(", ")}`);
    const checks = await checkWhenQuiet(lives, { events, leftovers: {} });
    await lives.end();
    const all = [...checks, await findSurvivors(directory)];
    if (all.every(({ isGood }) => isGood)) rmSync(directory, { recursive: true, force: true });
    else say(`what was left is in ${directory}`);
    return all;
  } finally {
    await lives.end();
  }
};
