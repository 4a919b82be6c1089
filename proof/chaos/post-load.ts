import { setTimeout as wait } from "node:timers/promises";
import { type EventAnswer, type InterpretedAnswer, interpretAnswer } from "../../bridge/answer.ts";
import { createPost } from "../../bridge/post.ts";
import { sign } from "../../bridge/sign.ts";
import { inParallel } from "../../lambda/async/in-parallel.ts";
import { between } from "../../samples/random.ts";
import type { LoadEvent } from "./load.ts";

/** How events are posted. The key is asked for at each attempt: it may have been changed. */
export type Posting = {
  readonly url: string;
  readonly key: () => string;
  readonly random: () => number;
  /** Events a second, at most. */
  readonly perSecond: number;
  /** By how many seconds the sender's clock is wrong. */
  readonly clockOffsetSeconds?: () => number;
  /** Ends the posting; it rejects then. */
  readonly signal?: AbortSignal;
};
/** What came of posting. */
export type Posted = {
  /** Attempts that had no final answer, by what they were answered. */
  readonly again: ReadonlyMap<string, number>;
  readonly results: readonly EventAnswer[];
};

const atOnce = 4;
const pauseMilliseconds = 300;
const timeoutMilliseconds = 15_000;

const batchesOf = (random: () => number, events: readonly LoadEvent[]): LoadEvent[][] => {
  const batches: LoadEvent[][] = [];
  for (let from = 0; from < events.length; ) {
    const size = between(random, 1, 50);
    batches.push(events.slice(from, from + size));
    from += size;
  }
  return batches;
};

const isStored = ({ outcome }: EventAnswer): boolean => outcome !== "rejected";

/** Posts events in batches, several at once, each signed and sent again until its answer is final. Throws where one is refused for good. */
export const postLoad = async (events: readonly LoadEvent[], posting: Posting): Promise<Posted> => {
  const { url, key, random, perSecond, clockOffsetSeconds = () => 0, signal } = posting;
  const pause = (milliseconds: number) => wait(milliseconds, undefined, { signal });
  const post = createPost(url, { timeoutMs: timeoutMilliseconds });
  const again = new Map<string, number>();
  const results: EventAnswer[] = [];
  const attempt = async (id: string, body: string, count: number): Promise<InterpretedAnswer> => {
    const timestamp = Math.floor(Date.now() / 1000) + clockOffsetSeconds();
    const headers = sign(key(), { id, timestamp, body });
    return interpretAnswer(await post(body, headers), count);
  };
  const send = async (batch: readonly LoadEvent[]): Promise<void> => {
    const body = `[${batch.map(({ text }) => text).join(",")}]`;
    const id = `msg_${crypto.randomUUID()}`;
    await pause((batch.length / perSecond) * 1000 * atOnce);
    for (;;) {
      const verdict = await attempt(id, body, batch.length).catch(
        (): InterpretedAnswer => ({ kind: "again", why: "no answer", elsewhere: true }),
      );
      if (verdict.kind === "results" && verdict.results.every(isStored)) {
        results.push(...verdict.results);
        return;
      }
      if (verdict.kind === "results" || verdict.kind === "refused") {
        throw new Error(`the stack refused events: ${JSON.stringify(verdict)}`);
      }
      again.set(verdict.why, (again.get(verdict.why) ?? 0) + 1);
      await pause(pauseMilliseconds * (1 + random()));
    }
  };
  await inParallel(atOnce, batchesOf(random, events), send);
  return { again, results };
};
