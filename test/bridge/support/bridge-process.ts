import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { bridgeKey } from "../../support/build-event.ts";
import { compileCache } from "../../support/compile-cache.ts";

const script = join(import.meta.dirname, "../../../bridge/main.ts");

/** A running bridge, and what it has written so far. */
export type BridgeProcess = {
  readonly process: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly exit: Promise<number | null>;
  readonly kill: () => Promise<void>;
};

/** Starts the bridge as people do, with the key of bridge-a in its environment. */
export const startBridge = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = { BRIDGE_KEY: bridgeKey().key },
  cwd?: string,
): BridgeProcess => {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...compileCache, ...environment },
    cwd,
  });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk.toString()));
  // A bridge that is killed closes its input while a test may still write.
  child.stdin.on("error", () => undefined);
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    process: child,
    stdout: () => out.join(""),
    stderr: () => err.join(""),
    exit,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
};
