import { setTimeout as wait } from "node:timers/promises";
import { createReader } from "../../stack/end-state.ts";
import { toCheck } from "../check.ts";
import type { ChaosCase } from "./chaos-case.ts";

const wrongBySeconds = -360;
const wrongForMilliseconds = 3000;

/** A bridge whose clock is six minutes slow, and is set right after a while. */
export const wrongClock: ChaosCase = {
  name: "wrong-clock",
  expected: "401 that names the clock, nothing stored; everything stored once the clock is right",
  mood: "calm",
  play: async ({ lives, deliveries, send }) => {
    let offset = wrongBySeconds;
    const sending = send(deliveries, { clockOffsetSeconds: () => offset });
    await wait(wrongForMilliseconds);
    const reader = createReader(lives.current().description);
    const stored = (await reader.readHistory()).length;
    offset = 0;
    const { again } = await sending;
    const answers = [...again.keys()];
    const other = answers.filter((why) => !/401.*(timestamp|clock)/is.test(why));
    return [
      toCheck("nothing is stored", stored === 0 ? [] : [`${stored} events`], "0 events"),
      toCheck(
        "the answer names the clock",
        answers.length === 0 ? ["no event was refused"] : other,
        answers.join("; "),
      ),
    ];
  },
};
