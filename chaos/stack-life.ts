import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as v from "valibot";
import { localCredentials } from "../local/resources/local-clients.ts";
import type { StackDescription } from "../local/stack-file.ts";

/** A key that a bridge signs with, as the secret holds it. */
export interface ChaosKey {
  readonly id: string;
  readonly name: string;
  readonly key: string;
}
/** What a life of the stack is started with. */
export interface LifeOptions {
  readonly directory: string;
  readonly dataDirectory: string;
  readonly port: number;
  readonly seed: number;
  readonly timeLapse: number;
  /** Gets a line for each message that a topic took. */
  readonly publishedFile: string;
}
/** One life of the stack, from its start to its end or its killing. */
export interface StackLife {
  readonly description: StackDescription;
  readonly process: ChildProcess;
  /** Turns the faults on or off; answers how many of each there were so far. */
  readonly set: (mood: "calm" | "faulty") => Promise<Readonly<Record<string, number>>>;
  /** Puts bridge keys in the place of those that are there. */
  readonly putKeys: (keys: readonly ChaosKey[]) => Promise<void>;
  readonly isOver: () => boolean;
  /** SIGKILL: emulators and queues go with it. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const FiguresSchema = v.object({ counts: v.record(v.string(), v.number()) });
const program = join(import.meta.dirname, "faulty-stack.ts");
const isOverOf = (child: ChildProcess) => () =>
  child.exitCode !== null || child.signalCode !== null;

const launch = (options: LifeOptions): ChildProcess => {
  const { directory, dataDirectory, port, seed, timeLapse, publishedFile } = options;
  const args = ["--data", dataDirectory, "--time-lapse", String(timeLapse)];
  const child = fork(program, [String(seed), publishedFile, ...args], {
    cwd: directory,
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const log = createWriteStream(join(directory, "stack.log"), { flags: "a" });
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
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

const putKeysOf =
  ({ region, endpoints, secrets }: StackDescription) =>
  async (keys: readonly ChaosKey[]): Promise<void> => {
    const endpoint = endpoints.secretsManager;
    const client = new SecretsManagerClient({ region, endpoint, credentials: localCredentials });
    const dated = keys.map((key) => ({ ...key, createdAt: new Date().toISOString() }));
    const SecretString = JSON.stringify({ keys: dated });
    await client.send(new PutSecretValueCommand({ SecretId: secrets.bridgeKeys, SecretString }));
    client.destroy();
  };

/** Starts the stack with faults in it, which are off at first; resolves when it takes events. */
export const startStackLife = async (options: LifeOptions): Promise<StackLife> => {
  const child = launch(options);
  const description = await readDescription(options, child);
  const isOver = isOverOf(child);
  const end = async (signal: "SIGKILL" | "SIGINT"): Promise<void> => {
    if (isOver()) return;
    child.kill(signal);
    await once(child, "exit");
  };
  return {
    description,
    process: child,
    set: async (mood) => {
      child.send(mood);
      const [message]: unknown[] = await once(child, "message");
      return v.parse(FiguresSchema, message).counts;
    },
    putKeys: putKeysOf(description),
    isOver,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGINT"),
  };
};
