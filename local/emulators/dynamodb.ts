import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartFailure } from "../command/start-failure.ts";
import { prepareDataDirectory } from "../disk/data-directory.ts";
import { makeScratchDirectory } from "../disk/scratch-directory.ts";
import { freePort } from "../loopback/free-port.ts";
import { endGuarded, spawnGuarded } from "../processes/guarded-process.ts";
import type { Shutdown } from "../processes/shutdown.ts";
import type { DynamoDbEngine, RunningDynamoDb } from "./dynamodb-engine.ts";

/** What an emulator needs from the local stack. */
export type EmulatorContext = {
  /** The directory of its log. */
  readonly stateDirectory: string;
  readonly shutdown: Shutdown;
  /** Called when it ends unexpectedly. */
  readonly onDeath: (what: string) => void;
};

/** Waits until an HTTP server answers anything; false when the server has ended or the time is over. */
const waitForAnswer = async (
  url: string,
  hasEnded: () => boolean,
  timeoutMilliseconds: number,
): Promise<boolean> => {
  const deadline = Date.now() + timeoutMilliseconds;
  while (Date.now() < deadline && !hasEnded()) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
      await response.arrayBuffer();
      return true;
    } catch {
      await sleep(20);
    }
  }
  return false;
};

type EngineProcess = Extract<DynamoDbEngine, { kind: "process" }>;

const reachEndpoint = async (url: string): Promise<RunningDynamoDb> => {
  if (await waitForAnswer(url, () => false, 2000)) return { url, trimStream: undefined };
  throw new StartFailure(`Nothing answers at AWS_ENDPOINT_URL_DYNAMODB=${url}.`);
};

const startProcess = async (
  engine: EngineProcess,
  directory: string | undefined,
  { stateDirectory, shutdown, onDeath }: EmulatorContext,
): Promise<string> => {
  const port = await freePort();
  const log = join(stateDirectory, "dynamodb.log");
  const output = openSync(log, "w", 0o600);
  const child = spawnGuarded(engine.command, engine.args(port, directory), {
    output,
    env: { ...process.env, ...engine.environment },
    ...(engine.workingDirectory === undefined ? {} : { cwd: engine.workingDirectory }),
  });
  closeSync(output);
  shutdown.add(() => endGuarded(child));
  const url = `http://127.0.0.1:${port}`;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  if (!(await waitForAnswer(url, hasEnded, 60_000))) {
    throw new StartFailure(`${engine.name} did not start:\n${readFileSync(log, "utf8").trim()}`);
  }
  child.once("exit", () => onDeath(`${engine.name} (its output: ${log})`));
  if (hasEnded()) onDeath(`${engine.name} (its output: ${log})`);
  return url;
};

/** Starts the engine and resolves when it takes requests. Throws StartFailure when it does not. */
export const startDynamoDb = async (
  engine: DynamoDbEngine,
  dataDirectory: string | undefined,
  context: EmulatorContext,
): Promise<RunningDynamoDb> => {
  if (engine.kind === "endpoint") return await reachEndpoint(engine.url);
  const { shutdown } = context;
  const { openStreams } = engine;
  if (dataDirectory !== undefined) prepareDataDirectory(dataDirectory);
  const needsScratch = dataDirectory === undefined && openStreams !== undefined;
  const scratch = needsScratch ? makeScratchDirectory(shutdown) : undefined;
  const directory = dataDirectory ?? scratch?.directory;
  const url = await startProcess(engine, directory, context);
  const trimStream = directory === undefined ? undefined : openStreams?.(directory, shutdown);
  // Open files need no names: without, nothing is left of them, whatever ends the stack.
  scratch?.remove();
  return { url, trimStream };
};
