import { join } from "node:path";
import type { Shutdown } from "../../local/processes/shutdown.ts";
import { createRandom } from "../../samples/random.ts";
import { startBridgeRuns } from "./bridge-runs.ts";
import type { Check } from "./check.ts";
import { checkWhenQuiet } from "./check-when-quiet.ts";
import { faultText } from "./fault-counts.ts";
import { type Audience, inDirectory } from "./in-directory.ts";
import { killOnAndOn, watchLives } from "./kill-on-and-on.ts";
import { type Lives, startLives } from "./lives.ts";
import { type EventLoad, type LoadEvent, makeLoad } from "./load.ts";
import { postLoad } from "./post-load.ts";

/** One round of chaos. */
export type ChaosRound = Audience & {
  readonly seed: number;
  readonly events: number;
  /** How often the bridge is killed, at most; with each fourth, the whole stack too. */
  readonly kills: number;
};

const timeLapse = 30;
const perSecond = 250;

/** A stack in its directory, and what ends with the round. */
type Place = {
  readonly lives: Lives;
  readonly directory: string;
  readonly shutdown: Shutdown;
};

/** What both bridges are at, and how to kill one of them. */
const startBridges = (
  { seed }: ChaosRound,
  load: EventLoad,
  { lives, directory, shutdown }: Place,
) => {
  const { url, keys } = lives;
  const key = keys["bridge-b"].key;
  const bridge = startBridgeRuns(load.deliveries["bridge-b"], { directory, url, key }, shutdown);
  const stop = new AbortController();
  shutdown.add(() => stop.abort());
  const posted = postLoad(load.deliveries["bridge-a"], {
    url,
    key: () => keys["bridge-a"].key,
    perSecond,
    random: createRandom(seed + 3),
    signal: stop.signal,
  });
  return { bridge, sent: Promise.all([posted, bridge.done]) };
};

const sendAll = async (round: ChaosRound, place: Place): Promise<readonly LoadEvent[]> => {
  const { seed, events: count, kills, say } = round;
  const { lives } = place;
  const load = makeLoad({ seed, count, now: Date.now() * 1000 });
  const { bridge, sent } = startBridges(round, load, place);
  const over = new AbortController();
  const random = createRandom(seed + 7);
  const [[{ again }]] = await Promise.all([
    sent.finally(() => over.abort()),
    killOnAndOn({ lives, bridge, random, kills, say, over: over.signal }),
    watchLives({ lives, over: over.signal }),
  ]);
  for (const [why, times] of again) say(`posted again ${times} times: ${why}`);
  say(`the bridge was killed ${bridge.kills()} times, the stack ${lives.outages.length} times`);
  return load.events;
};

/** Runs a round on a stack of its own and answers what was found. */
export const runChaosRound = (round: ChaosRound): Promise<Check[]> =>
  inDirectory(round, async (directory, shutdown) => {
    const { seed, say } = round;
    const lives = await startLives({
      directory,
      dataDirectory: join(directory, "data"),
      seed,
      timeLapse,
      shutdown,
      mood: "faulty",
    });
    const events = await sendAll(round, { lives, directory, shutdown });
    await lives.calm();
    say(`faults: ${faultText(lives.faults())}`);
    const checks = await checkWhenQuiet(lives, { events, leftovers: {} });
    await lives.end();
    return checks;
  });
