import { spawn } from "node:child_process";
import { bridgeKey } from "../../support/build-event.ts";
import { compileCache } from "../../support/compile-cache.ts";

const program = `require("node:child_process").spawn(process.execPath, process.argv.slice(1), { stdio: "inherit" })`;

/** Runs Node by a program that does as npm does, and dies of a signal without passing it on; both are one process group. */
export const startThroughNpm = (...args: readonly string[]) =>
  spawn(process.execPath, ["-e", program, "--", ...args], {
    env: { ...compileCache, BRIDGE_KEY: bridgeKey().key, npm_lifecycle_event: "bridge" },
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
