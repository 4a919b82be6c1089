import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { endGuarded, spawnGuarded } from "../../local/processes/guarded-process.ts";
import type { Shutdown } from "../../local/processes/shutdown.ts";
import type { LoadEvent } from "./load.ts";

/** Where the reference bridge sends a load, and what with. */
export type BridgeTarget = {
  readonly directory: string;
  readonly url: string;
  readonly key: string;
};
/** The reference bridge at work, in a process that may be killed at any time. */
export type BridgeRuns = {
  /** SIGKILL; it starts again at once, with the spool that it left. */
  readonly kill: () => void;
  readonly kills: () => number;
  /** Resolves when a run has ended by itself with everything sent. Rejects where a run ends otherwise but by a kill. */
  readonly done: Promise<void>;
};

const program = join(import.meta.dirname, "../../bridge/main.ts");
const logOf = ({ directory }: BridgeTarget): string => join(directory, "bridge.log");

// Guarded: it ends with us, however we end.
const launch = (file: string, run: BridgeTarget): ChildProcess => {
  const { directory, url, key } = run;
  const output = openSync(logOf(run), "w");
  const args = [program, file, "--url", url, "--spool", join(directory, "spool")];
  const env = { ...process.env, BRIDGE_KEY: key };
  const child = spawnGuarded(process.execPath, args, { cwd: directory, env, output });
  closeSync(output);
  return child;
};

// A run that is killed has read its file into the spool, and the next one reads it again: with large files, more would come into
// the spool with each kill than is sent until the next one.
const eventsPerFile = 200;

const writeFiles = (events: readonly LoadEvent[], { directory }: BridgeTarget): string[] => {
  const count = Math.ceil(events.length / eventsPerFile);
  return Array.from({ length: count }, (_, index) => {
    const file = join(directory, `events-${index}.ndjson`);
    const part = events.slice(index * eventsPerFile, (index + 1) * eventsPerFile);
    writeFileSync(file, part.map(({ text }) => `${text}\n`).join(""));
    return file;
  });
};

/** Sends events with the reference bridge, file after file, each as often as it is killed. */
export const startBridgeRuns = (
  events: readonly LoadEvent[],
  run: BridgeTarget,
  shutdown: Shutdown,
): BridgeRuns => {
  const files = writeFiles(events, run);
  let child: ChildProcess | undefined;
  let kills = 0;
  let isKilled = false;
  let isEnded = false;
  const runOnce = async (file: string): Promise<boolean> => {
    if (isEnded) return true;
    isKilled = false;
    child = launch(file, run);
    await once(child, "exit");
    if (child.exitCode === 0 || isEnded) return true;
    if (!isKilled) throw new Error(`the bridge ended: ${readFileSync(logOf(run), "utf8")}`);
    await wait(200);
    return false;
  };
  const runAll = async (): Promise<void> => {
    for (const file of files) while (!(await runOnce(file))) kills += 1;
  };
  const kill = async (): Promise<void> => {
    isKilled = true;
    if (child !== undefined) await endGuarded(child);
  };
  shutdown.add(() => {
    isEnded = true;
    return kill();
  });
  return { kill: () => void kill(), kills: () => kills, done: runAll() };
};
