import { readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import { replaceKept } from "../disk/replace-kept.ts";
import type { StackDescription } from "./stack-description.ts";

const RunningSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ url: v.string(), pid: v.number() }),
);

const readRunning = (path: string): v.InferOutput<typeof RunningSchema> | undefined => {
  try {
    return v.parse(RunningSchema, readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The pid alone is not enough: another process may have it by now. */
const answers = async (url: string): Promise<boolean> => {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), timeout: 1000 });
  const connected = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("timeout", () => resolve(false));
  });
  socket.destroy();
  return connected;
};

/** Throws StartFailure when the file belongs to a stack that still runs; removes a file that was left behind. */
export const claimStackFile = async (path: string): Promise<void> => {
  const running = readRunning(path);
  if (running !== undefined && isAlive(running.pid) && (await answers(running.url))) {
    throw new StartFailure(
      `The local stack is already running at ${running.url} (process ${running.pid}). Use it, or stop it first.`,
    );
  }
  rmSync(path, { force: true });
};

/** Writes the file, readable by its owner only. Who waits for it never sees half of it. */
export const writeStackFile = (path: string, description: StackDescription): void => {
  replaceKept(path, `${JSON.stringify(description, undefined, 2)}\n`);
};

/** Removes the file if it still belongs to this process. */
export const releaseStackFile = (path: string, pid: number): void => {
  if (readRunning(path)?.pid === pid) rmSync(path, { force: true });
};
