import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { StackDescription } from "../../local/stack/stack-description.ts";

const runner = join(import.meta.dirname, "../../local/start.ts");

/** The local stack in a process of its own, on a free port, with what it says of itself. */
export type RunningStack = StackDescription & {
  readonly stop: () => Promise<void>;
};

/** Starts the local stack in a temporary directory and waits until it takes events. */
export const startRunningStack = async (args: readonly string[] = []): Promise<RunningStack> => {
  const directory = mkdtempSync(join(tmpdir(), "bench-stack-"));
  const child = spawn(process.execPath, [runner, ...args], {
    cwd: directory,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface(child.stdout)) if (line.startsWith("ready ")) break;
  child.stdout.resume();
  const description: StackDescription = JSON.parse(
    readFileSync(join(directory, ".local/stack.json"), "utf8"),
  );
  return {
    ...description,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
