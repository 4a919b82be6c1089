import { setTimeout as wait } from "node:timers/promises";
import { createPost } from "../../../bridge/post.ts";
import { sign } from "../../../bridge/sign.ts";
import { type Check, toCheck } from "../check.ts";
import type { LoadEvent } from "../load.ts";
import type { SmallDisk } from "../small-disk.ts";
import { listenToStack } from "../stack-log.ts";
import type { CaseStage, ChaosCase } from "./chaos-case.ts";

const noSpace = "There is no space left on the disk of";
const spaceAgain = "There is space again on the disk of";
const patienceMilliseconds = 30_000;

const becomesSo = async (isSo: () => Promise<boolean> | boolean): Promise<boolean> => {
  for (const until = Date.now() + patienceMilliseconds; Date.now() < until; await wait(100)) {
    if (await isSo()) return true;
  }
  return false;
};

/** Posts events one after the other, until one is not stored: what that is answered. */
const firstRefusal = async (
  { lives }: CaseStage,
  events: readonly LoadEvent[],
): Promise<string> => {
  for (const { text, time } of events) {
    const message = { id: `msg_${time}`, timestamp: Math.floor(Date.now() / 1000), body: text };
    const { status, headers } = await createPost(lives.url)(
      text,
      sign(lives.keys["bridge-a"].key, message),
    );
    if (status !== 200) return `${status}, Retry-After ${headers.get("retry-after")}`;
    await wait(50);
  }
  return "every event was stored";
};

const checkSaid = async (
  name: string,
  isSaid: (words: string) => boolean,
  words: string,
): Promise<Check> =>
  toCheck(name, (await becomesSo(() => isSaid(words))) ? [] : ["it does not"], `"${words} …"`);

/** Full while it runs: until there is room again, in the same life. */
const fillRunning = async (stage: CaseStage, disk: SmallDisk): Promise<Check[]> => {
  const { lives, directory, deliveries } = stage;
  const life = lives.current();
  const isSaid = listenToStack(directory);
  disk.fill();
  const refusal = await firstRefusal(stage, deliveries.toReversed());
  const said = await checkSaid("the stack says that the disk is full", isSaid, noSpace);
  disk.makeRoom();
  const saidAgain = await checkSaid("it says that there is space again", isSaid, spaceAgain);
  const isGood = /^503, Retry-After \d+$/.test(refusal);
  return [
    said,
    toCheck("what is not stored is answered 503", isGood ? [] : [refusal], refusal),
    saidAgain,
    toCheck("it goes on by itself", life.isOver() ? ["the stack has ended"] : [], "the same life"),
  ];
};

/** Killed while it is full, and started while it is. */
const startFull = async ({ lives, directory }: CaseStage, disk: SmallDisk): Promise<Check[]> => {
  disk.fill();
  await wait(2000);
  const isSaid = listenToStack(directory);
  const isStarted = await lives.restart().then(
    () => true,
    () => false,
  );
  const wrong = isStarted ? ["it started"] : [];
  const said = isSaid(noSpace) ? [] : ["it does not say why"];
  disk.makeRoom();
  await lives.restart();
  return [toCheck("it does not start on a full disk", [...wrong, ...said], "and says why")];
};

/** The disk under `--data` gets full in the middle of the load; later the stack is killed while it is, and started again. */
export const fullDisk: ChaosCase = {
  name: "full-disk",
  expected: "the stack says so and answers 503; with space again it goes on, and nothing is lost",
  mood: "calm",
  hasOwnDisk: true,
  play: async (stage) => {
    const { disk } = stage;
    if (disk === undefined) throw new Error("there is no disk to fill");
    const sending = stage.send(stage.deliveries, { perSecond: 25 });
    await wait(2000);
    const running = await fillRunning(stage, disk);
    const starting = await startFull(stage, disk);
    const { again } = await sending;
    const other = [...again.keys()].filter((why) => !/^(answered 503|no answer)/.test(why));
    return [
      ...running,
      ...starting,
      toCheck("no other answer is given", other, [...again.keys()].join("; ")),
    ];
  },
};
