import { setTimeout as wait } from "node:timers/promises";
import { between } from "../../samples/random.ts";
import type { BridgeRuns } from "./bridge-runs.ts";
import type { Lives } from "./lives.ts";
import type { Death } from "./stack-life.ts";

/** What is killed, and for how long. */
export type Killing = {
  readonly lives: Lives;
  readonly bridge: BridgeRuns;
  readonly random: () => number;
  /** How often the bridge is killed, at most. */
  readonly kills: number;
  readonly say: (line: string) => void;
  /** Aborted when there is no load any more. */
  readonly over: AbortSignal;
};

const killsPerStackKill = 4;
const words: Readonly<Record<Death, string>> = {
  publishing: "the stack is killed between publishing and the poller's checkpoint",
  "any time": "the stack is killed",
};

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  wait(milliseconds, undefined, { signal }).catch(() => undefined);

/** As long as there is load: kills the bridge every few seconds, and the stack with each fourth of these kills. */
export const killOnAndOn = async (killing: Killing): Promise<void> => {
  const { lives, bridge, random, kills, say, over } = killing;
  for (let turn = 0; turn < kills; turn += 1) {
    // The first comes soon, for rounds that are short.
    await pause(turn === 0 ? between(random, 800, 1600) : between(random, 2000, 10_000), over);
    if (over.aborted) return;
    bridge.kill();
    if (turn % killsPerStackKill !== 0) continue;
    const death = turn % (2 * killsPerStackKill) === 0 ? "publishing" : "any time";
    say(words[death]);
    await lives.restart(death);
  }
};

/** Rejects when the stack ends without having been killed: the senders would wait for it for ever. */
export const watchLives = async ({ lives, over }: Pick<Killing, "lives" | "over">) => {
  for (; !over.aborted; await pause(500, over)) {
    if (lives.isBroken()) throw new Error("the stack ended by itself: see stack.log");
  }
};
