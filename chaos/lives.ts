import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { freePort } from "../local/emulators/free-port.ts";
import type { Outage } from "./evidence.ts";
import { type ChaosKey, type StackLife, startStackLife } from "./stack-life.ts";
import { readPublished, type Subscriber, subscribeToChanges, type Told } from "./subscriber.ts";

/** The stack over its lives: killed and started again on the same tables, at the same address, with the same keys. */
export interface Lives {
  readonly url: string;
  readonly keys: Readonly<Record<"bridge-a" | "bridge-b", ChaosKey>>;
  readonly current: () => StackLife;
  readonly outages: readonly Outage[];
  /** How many faults of each kind there were in the present life. */
  readonly calm: () => Promise<Readonly<Record<string, number>>>;
  /** SIGKILL, and a new life. */
  readonly restart: () => Promise<void>;
  /** All that a topic took. */
  readonly published: (topic: "changes" | "alerts") => Told[];
  /** The subscriber of the present life, and what the topic took since it was there. */
  readonly heard: () => { readonly received: ReadonlySet<string>; readonly demanded: Told[] };
  readonly end: () => Promise<void>;
}
/** How the stack lives. */
export interface LivesOptions {
  readonly directory: string;
  readonly seed: number;
  readonly timeLapse: number;
  readonly mood: "calm" | "faulty";
  readonly dataDirectory?: string;
}

const makeKey = (name: string): ChaosKey => ({
  id: `key_${randomBytes(4).toString("hex")}`,
  name,
  key: `whsec_${randomBytes(32).toString("base64")}`,
});
const nowMicros = (): number => Date.now() * 1000;

/** Starts the first life. */
export const startLives = async (options: LivesOptions): Promise<Lives> => {
  const { directory, seed, timeLapse, mood } = options;
  const dataDirectory = options.dataDirectory ?? join(directory, "data");
  const port = await freePort();
  const keys = { "bridge-a": makeKey("bridge-a"), "bridge-b": makeKey("bridge-b") };
  const files: string[] = [];
  const outages: Outage[] = [];
  const start = async () => {
    const publishedFile = join(directory, `published-${files.length}.ndjson`);
    files.push(publishedFile);
    const lifeSeed = seed + files.length;
    const life = await startStackLife({
      ...{ directory, dataDirectory, port, timeLapse, publishedFile },
      seed: lifeSeed,
    });
    await life.putKeys(Object.values(keys));
    const subscriber = await subscribeToChanges(life.description);
    const before = readPublished([publishedFile], life.description.topics.changes).length;
    await life.set(mood);
    return { life, subscriber, before, publishedFile };
  };
  let present: { life: StackLife; subscriber: Subscriber; before: number; publishedFile: string } =
    await start();
  return {
    url: `http://127.0.0.1:${port}`,
    keys,
    outages,
    current: () => present.life,
    calm: () => present.life.set("calm"),
    restart: async () => {
      const from = nowMicros();
      present.subscriber.end();
      await present.life.kill();
      present = await start();
      outages.push({ from, to: nowMicros() });
    },
    published: (topic) => readPublished(files, present.life.description.topics[topic]),
    heard: () => ({
      received: present.subscriber.received,
      demanded: readPublished(
        [present.publishedFile],
        present.life.description.topics.changes,
      ).slice(present.before),
    }),
    end: async () => {
      present.subscriber.end();
      await present.life.stop();
    },
  };
};
