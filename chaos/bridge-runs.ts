import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { LoadEvent } from "./load.ts";

/** Where the reference bridge sends a load, and what with. */
export interface BridgeRun {
  readonly directory: string;
  readonly url: string;
  readonly key: string;
}
/** The reference bridge at work, in a process that may be killed at any time. */
export interface BridgeRuns {
  /** SIGKILL; it starts again at once, with the spool that it left. */
  readonly kill: () => void;
  readonly kills: () => number;
  /** Resolves when a run has ended by itself with everything sent. Rejects where a run ends otherwise but by a kill. */
  readonly done: Promise<void>;
  /** Ends it for good. */
  readonly end: () => void;
}

const program = join(import.meta.dirname, "../bridge/send.ts");

const launch = (file: string, { directory, url, key }: BridgeRun): ChildProcess =>
  spawn(process.execPath, [program, file, "--url", url, "--spool", join(directory, "spool")], {
    cwd: directory,
    env: { ...process.env, BRIDGE_KEY: key },
    stdio: ["ignore", "ignore", "pipe"],
  });

/** Sends events with the reference bridge, from a file, as often started anew as it is killed. */
export const startBridgeRuns = (events: readonly LoadEvent[], run: BridgeRun): BridgeRuns => {
  const file = join(run.directory, "events.ndjson");
  writeFileSync(file, events.map(({ text }) => `${text}\n`).join(""));
  let child: ChildProcess | undefined;
  let kills = 0;
  let isEnded = false;
  const runOnce = async (): Promise<boolean> => {
    child = launch(file, run);
    const errors: string[] = [];
    child.stderr?.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
    await once(child, "exit");
    if (child.exitCode === 0 || isEnded) return true;
    if (child.signalCode !== "SIGKILL") throw new Error(`the bridge ended: ${errors.join("")}`);
    await wait(200);
    return false;
  };
  const runAll = async (): Promise<void> => {
    for (let isDone = await runOnce(); !isDone; isDone = await runOnce()) kills += 1;
  };
  return {
    kill: () => void child?.kill("SIGKILL"),
    kills: () => kills,
    done: runAll(),
    end: () => {
      isEnded = true;
      child?.kill("SIGKILL");
    },
  };
};
