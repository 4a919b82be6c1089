import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Shutdown } from "../../local/processes/shutdown.ts";
import type { StackDescription } from "../../local/stack/stack-description.ts";
import { putKeys, type SigningKey } from "../stack/bridge-keys.ts";

/** What a life of the stack is started with. */
export type LifeOptions = {
  readonly directory: string;
  readonly dataDirectory: string;
  readonly port: number;
  readonly seed: number;
  /** The bridges' keys, there before the first request. */
  readonly keys: readonly SigningKey[];
  readonly timeLapse: number;
  /** Gets a line for each message that a topic took. */
  readonly publishedFile: string;
  /** Gets the counts of the faults. */
  readonly faultsFile: string;
  /** Gets a line for each loss whose evaluation was asked for, or done. */
  readonly evaluationsFile: string;
  readonly shutdown: Shutdown;
};
/** When a stack is killed: at once, or when a topic has taken messages and the poller has not heard so yet. */
export type Death = "any time" | "publishing";
/** One life of the stack, from its start to its end or its killing. */
export type StackLife = {
  readonly description: StackDescription;
  readonly process: ChildProcess;
  /** Turns the faults on or off, and has their counts written. */
  readonly set: (mood: "calm" | "faulty") => Promise<void>;
  /** Puts bridge keys in the place of those that are there. */
  readonly putKeys: (keys: readonly SigningKey[]) => Promise<void>;
  readonly isOver: () => boolean;
  /** SIGKILL: the API, the pollers, the functions, the emulators and the queues go together. */
  readonly kill: (death: Death) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const program = join(import.meta.dirname, "faulty-stack.ts");
const isOverOf = (child: ChildProcess) => () =>
  child.exitCode !== null || child.signalCode !== null;

const publishingSeconds = 3;

const launch = (options: LifeOptions): ChildProcess => {
  const { directory, dataDirectory, port, seed, timeLapse, shutdown } = options;
  const files = [options.publishedFile, options.faultsFile, options.evaluationsFile];
  const args = ["--data", dataDirectory, "--time-lapse", String(timeLapse)];
  const child = fork(program, [String(seed), ...files, ...args], {
    cwd: directory,
    env: { ...process.env, PORT: String(port), BRIDGE_KEYS: JSON.stringify(options.keys) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const log = createWriteStream(join(directory, "stack.log"), { flags: "a" });
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  shutdown.add(() => end(child, "SIGKILL"));
  return child;
};

const readDescription = async (
  { directory }: LifeOptions,
  child: ChildProcess,
): Promise<StackDescription> => {
  const file = join(directory, ".local", "stack.json");
  for (const isOver = isOverOf(child); !isOver(); await wait(100)) {
    if (!existsSync(file)) continue;
    const description: StackDescription = JSON.parse(readFileSync(file, "utf8"));
    if (description.pid === child.pid) return description;
  }
  throw new Error(`the stack did not start: see ${join(directory, "stack.log")}`);
};

const end = async (child: ChildProcess, signal: "SIGKILL" | "SIGINT"): Promise<void> => {
  if (isOverOf(child)()) return;
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
};

// Where nothing is published for seconds, any time must do.
const endPublishing = async (child: ChildProcess): Promise<void> => {
  if (!isOverOf(child)()) child.send("die publishing", () => undefined);
  for (let waited = 0; waited < publishingSeconds * 1000 && !isOverOf(child)(); waited += 20)
    await wait(20);
  await end(child, "SIGKILL");
};

const ask = (child: ChildProcess, mood: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = () => reject(new Error("the stack ended by itself: see stack.log"));
    child.once("message", () => resolve());
    child.once("exit", fail);
    child.send(mood, (error) => {
      if (error !== null) fail();
    });
  });

/** Starts the stack with faults in it, which are off at first; resolves when it takes events. */
export const startStackLife = async (options: LifeOptions): Promise<StackLife> => {
  const child = launch(options);
  const description = await readDescription(options, child);
  const isOver = isOverOf(child);
  return {
    description,
    process: child,
    set: (mood) => ask(child, mood),
    putKeys: (keys) => putKeys(description, keys),
    isOver,
    kill: (death) => (death === "publishing" ? endPublishing(child) : end(child, "SIGKILL")),
    stop: () => end(child, "SIGINT"),
  };
};
