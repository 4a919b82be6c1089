import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import type { Endpoints } from "../emulators/local-clients.ts";

/** What `.local/stack.json` says while the stack runs; the project's commands go by it. */
export interface StackDescription {
  readonly url: string;
  readonly bridge: { readonly name: string; readonly key: string };
  readonly readerToken: string;
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly tables: Readonly<
    Record<"status" | "history" | "losses" | "alerts" | "connections" | "windows", string>
  >;
  readonly topics: Readonly<Record<"changes" | "alerts" | "operations", string>>;
  readonly queues: Readonly<
    Record<"rejectedEvents" | "failedChanges" | "evaluation" | "evaluationDeadLetters", string>
  >;
  readonly buckets: { readonly failedStreamBatches: string };
  readonly secrets: { readonly bridgeKeys: string; readonly readerTokens: string };
  readonly functions: { readonly fanout: string; readonly evaluate: string };
  readonly alertsFile: string;
  /** By what the waiting times of the alerts are divided. */
  readonly timeLapse: number;
  readonly pid: number;
}
const RunningSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ url: v.string(), pid: v.number() }),
);

/** Throws StartFailure where the file belongs to a stack that still runs; a file that was left behind is removed. */
export async function claimStackFile(path: string): Promise<void> {
  const running = readRunning(path);
  if (running !== undefined && isAlive(running.pid) && (await answers(running.url))) {
    throw new StartFailure(
      `The local stack already runs at ${running.url} (process ${running.pid}). Use it, or end it first.`,
    );
  }
  rmSync(path, { force: true });
}

/** Writes the file, readable by its owner only. */
export function writeStackFile(path: string, description: StackDescription): void {
  writeFileSync(path, `${JSON.stringify(description, undefined, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
}

function readRunning(path: string): v.InferOutput<typeof RunningSchema> | undefined {
  try {
    return v.parse(RunningSchema, readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The pid alone may have gone to another process since. */
async function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), timeout: 1000 });
  const connected = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("timeout", () => resolve(false));
  });
  socket.destroy();
  return connected;
}

/** Removes the file where it is still the one of this process. */
export function releaseStackFile(path: string, pid: number): void {
  if (readRunning(path)?.pid === pid) rmSync(path, { force: true });
}
