import { setTimeout as wait } from "node:timers/promises";
import { createPost } from "../../../bridge/post.ts";
import { sign } from "../../../bridge/sign.ts";
import { makeKey } from "../../stack/bridge-keys.ts";
import { toCheck } from "../check.ts";
import type { CaseStage, ChaosCase } from "./chaos-case.ts";

const secondsOf = (since: number): number => Math.round((Date.now() - since) / 1000);
const revokedWithinSeconds = 60;

const isRefused = async ({ lives, deliveries }: CaseStage, key: string): Promise<boolean> => {
  const body = deliveries[0]?.text ?? "";
  const message = { id: "msg_revoked", timestamp: Math.floor(Date.now() / 1000), body };
  const { status } = await createPost(lives.url)(body, sign(key, message));
  return status === 401;
};

/** A new key beside the old one, the bridge changed over, the old one revoked: all in the middle of the load, under faults. */
export const rotatedKeys: ChaosCase = {
  name: "rotated-keys",
  expected: "no event is lost; the old key is refused within 60 s",
  mood: "faulty",
  play: async (stage) => {
    const { lives, deliveries, send } = stage;
    const old = lives.keys["bridge-a"];
    const fresh = makeKey(old.name);
    let key = old.key;
    const sending = send(deliveries, { key: () => key, perSecond: 25 });
    await wait(3000);
    await lives.current().putKeys([old, fresh]);
    await wait(3000);
    key = fresh.key;
    await wait(3000);
    const revokedAt = Date.now();
    await lives.current().putKeys([fresh]);
    await sending;
    await lives.calm();
    while (!(await isRefused(stage, old.key)) && secondsOf(revokedAt) < revokedWithinSeconds)
      await wait(1000);
    const seconds = secondsOf(revokedAt);
    const late = seconds < revokedWithinSeconds ? [] : [`not after ${seconds} s`];
    return [toCheck("the revoked key is refused", late, `after ${seconds} s at most`)];
  },
};
