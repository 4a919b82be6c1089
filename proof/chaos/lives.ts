import { join } from "node:path";
import { freePort } from "../../local/loopback/free-port.ts";
import type { Shutdown } from "../../local/processes/shutdown.ts";
import { makeKey, type SigningKey } from "../stack/bridge-keys.ts";
import { type EvaluationRecord, readEvaluations } from "./evaluations.ts";
import type { StackOutage } from "./evidence.ts";
import { type FaultCounts, sumFaultCounts } from "./fault-counts.ts";
import { type Death, type StackLife, startStackLife } from "./stack-life.ts";
import {
  type ChangeSubscriber,
  type PublishedMessage,
  readPublished,
  subscribeToChanges,
} from "./subscriber.ts";

/** The stack over its lives: killed and started again on the same tables, at the same address, with the same keys. */
export type Lives = {
  readonly url: string;
  readonly keys: Readonly<Record<"bridge-a" | "bridge-b", SigningKey>>;
  readonly current: () => StackLife;
  /** Whether the present life has ended by itself. */
  readonly isBroken: () => boolean;
  readonly outages: readonly StackOutage[];
  /** Ends the faults. */
  readonly calm: () => Promise<void>;
  /** The faults of all lives, but for the last ones of those that were killed. */
  readonly faults: () => FaultCounts;
  /** SIGKILL, and a new life. Rejects where that cannot be; it may be tried again. */
  readonly restart: (death?: Death) => Promise<void>;
  /** All that a topic took. */
  readonly published: (topic: "changes" | "alerts") => PublishedMessage[];
  /** What the evaluator was asked to evaluate, and what it has evaluated. */
  readonly evaluations: () => EvaluationRecord[];
  /** The subscriber of the present life, and what the topic took since it was there. */
  readonly heard: () => {
    readonly received: ReadonlySet<string>;
    readonly demanded: PublishedMessage[];
  };
  readonly end: () => Promise<void>;
};
/** How the stack lives. */
export type LivesOptions = {
  readonly directory: string;
  readonly seed: number;
  readonly timeLapse: number;
  readonly mood: "calm" | "faulty";
  readonly dataDirectory: string;
  readonly shutdown: Shutdown;
};

const faultsOf = (publishedFile: string): string => `${publishedFile}.faults`;
const evaluationsOf = (publishedFile: string): string => `${publishedFile}.evaluations`;
const nowMicros = (): number => Date.now() * 1000;

/** Starts the first life. */
export const startLives = async (options: LivesOptions): Promise<Lives> => {
  const { directory, dataDirectory, seed, timeLapse, mood, shutdown } = options;
  const port = await freePort();
  const keys = { "bridge-a": makeKey("bridge-a"), "bridge-b": makeKey("bridge-b") };
  const files: string[] = [];
  const outages: StackOutage[] = [];
  const start = async () => {
    const publishedFile = join(directory, `published-${files.length}.ndjson`);
    files.push(publishedFile);
    const life = await startStackLife({
      directory,
      dataDirectory,
      port,
      timeLapse,
      publishedFile,
      shutdown,
      faultsFile: faultsOf(publishedFile),
      evaluationsFile: evaluationsOf(publishedFile),
      seed: seed + files.length,
      keys: Object.values(keys),
    });
    const subscriber = await subscribeToChanges(life.description);
    const before = readPublished([publishedFile], life.description.topics.changes).length;
    await life.set(mood);
    return { life, subscriber, before, publishedFile };
  };
  let present: {
    life: StackLife;
    subscriber: ChangeSubscriber;
    before: number;
    publishedFile: string;
  } = await start();
  let diedAt: number | undefined;
  let isRestarting = false;
  return {
    url: `http://127.0.0.1:${port}`,
    keys,
    outages,
    current: () => present.life,
    isBroken: () => !isRestarting && present.life.isOver(),
    calm: () => present.life.set("calm"),
    faults: () => sumFaultCounts(files.map(faultsOf)),
    restart: async (death = "any time") => {
      isRestarting = true;
      await present.life.kill(death);
      diedAt ??= nowMicros();
      present.subscriber.end();
      present = await start();
      outages.push({ from: diedAt, to: nowMicros() });
      diedAt = undefined;
      isRestarting = false;
    },
    evaluations: () => readEvaluations(files.map(evaluationsOf)),
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
