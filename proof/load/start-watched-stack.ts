import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import type { StackDescription } from "../../local/stack/stack-description.ts";
import { descendantsOf, type ProcessRow, processTable } from "../stack/process-table.ts";

const WatchedMemorySchema = v.object({ process: v.number(), messaging: v.number() });
/** What the stack's process says of its memory: all that is resident, and what the thread of fauxqs has of that, in bytes. */
export type WatchedMemory = v.InferOutput<typeof WatchedMemorySchema>;

/** The local stack in a process of its own, on ports of its own, whose memory can be looked at. */
export type WatchedStack = {
  readonly description: StackDescription;
  /** Aborted when it has ended. */
  readonly ended: AbortSignal;
  /** `database`: what is resident of the processes that the stack started. */
  readonly look: () => Promise<WatchedMemory & { readonly database: number }>;
  /** Ends it, and answers how many of its processes are still there. */
  readonly stop: () => Promise<number>;
  readonly removeDirectory: () => void;
};

const program = join(import.meta.dirname, "watched-stack.ts");

const launch = (directory: string, args: readonly string[]): ChildProcess => {
  const log = openSync(join(directory, "stack.log"), "w");
  const child = fork(program, args, {
    cwd: directory,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return child;
};

const isOver = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

const readDescription = async (
  directory: string,
  child: ChildProcess,
): Promise<StackDescription> => {
  const file = join(directory, ".local/stack.json");
  for (; !isOver(child); await wait(100)) {
    if (!existsSync(file)) continue;
    const description: StackDescription = JSON.parse(readFileSync(file, "utf8"));
    return description;
  }
  const log = readFileSync(join(directory, "stack.log"), "utf8");
  throw new CommandError(`the local stack did not start:\n${log}`);
};

const startedBy = async (child: ChildProcess): Promise<ProcessRow[]> =>
  isOver(child) ? [] : descendantsOf(await processTable(), child.pid ?? Number.NaN);

const lookAt = async (child: ChildProcess, ended: AbortSignal) => {
  const reply = once(child, "message", { signal: ended });
  if (child.connected) child.send("memory");
  const [message]: unknown[] = await reply;
  const database = (await startedBy(child)).reduce((sum, { bytes }) => sum + bytes, 0);
  return { ...v.parse(WatchedMemorySchema, message), database };
};

const endOf = async (child: ChildProcess): Promise<number> => {
  const started = new Set((await startedBy(child)).map(({ pid }) => pid));
  if (!isOver(child)) {
    const ended = once(child, "exit");
    child.kill("SIGINT");
    await ended;
  }
  return (await processTable()).filter(({ pid }) => started.has(pid)).length;
};

/** Starts the stack with the arguments of `npm start` in a temporary directory; resolves when it takes events. */
export const startWatchedStack = async (args: readonly string[]): Promise<WatchedStack> => {
  const directory = mkdtempSync(join(tmpdir(), "limit-"));
  const removeDirectory = (): void => rmSync(directory, { recursive: true, force: true });
  const child = launch(directory, args);
  const end = new AbortController();
  child.once("exit", () => end.abort());
  try {
    return {
      description: await readDescription(directory, child),
      ended: end.signal,
      look: () => lookAt(child, end.signal),
      stop: () => endOf(child),
      removeDirectory,
    };
  } catch (error) {
    removeDirectory();
    throw error;
  }
};
