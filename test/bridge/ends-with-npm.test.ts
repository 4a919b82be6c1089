import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bridgeKey } from "../support/build-event.ts";

const answer = '{"results":[{"index":0,"id":"i","outcome":"applied"}]}';

let folder = "";
let server: Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ends-with-npm-"));
  // Slower than the bridge looks for the program that runs it.
  const answerLate = () => new Promise((done) => setTimeout(done, 1_000));
  server = createServer((request, response) => {
    request.resume();
    void answerLate().then(() => response.end(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs Node by a program that does as npm does, and dies of a signal without passing it on. */
const startThroughNpm = (...args: readonly string[]) => {
  const program = `require("node:child_process").spawn(process.execPath, process.argv.slice(1), { stdio: "inherit" })`;
  return spawn(process.execPath, ["-e", program, "--", ...args], {
    env: { BRIDGE_KEY: bridgeKey().key, npm_lifecycle_event: "bridge" },
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
};

const startBridge = () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const file = join(folder, "growing.ndjson");
  writeFileSync(file, '{"Event":53,"ServerName":"S","ThisDN":"1"}\n');
  const url = `http://127.0.0.1:${port}`;
  const options = ["--url", url, "--spool", join(folder, "spool"), "--follow", file];
  return startThroughNpm(resolve("bridge/main.ts"), ...options);
};

it.each([
  ["Ctrl-C reaches npm and the bridge", "SIGINT", -1],
  ["a signal ends npm alone", "SIGTERM", 1],
] as const)("when %s, the bridge comes to its end and sums up", async (_, signal, group) => {
  const npm = startBridge();
  const printed = text(npm.stdout);
  await once(server, "request");
  process.kill(group * (npm.pid ?? expect.unreachable()), signal);
  expect(await printed).toMatch(/\d+ events?: .*\n$/);
});

// Node's timers come before the signals that arrived meanwhile: the end of npm is seen before its own Ctrl-C.
const busyCommand = `
  import { runCommand } from "${resolve("bridge/terminal/run-command.ts")}";
  const blocked = new Int32Array(new SharedArrayBuffer(4));
  await runCommand("usage", async ({ terminal, signal }) => {
    await new Promise(setImmediate);
    terminal.print("busy");
    Atomics.wait(blocked, 0, 0, 1_500);
    await new Promise((done) => setTimeout(done, 500));
    terminal.print(signal.aborted ? "came to its end" : "saw nothing");
    return 0;
  }, { interruptible: true });
`;

it("when a command is busy while Ctrl-C ends npm, it comes to its end", async () => {
  const npm = startThroughNpm("--input-type=module", "-e", busyCommand);
  const printed = text(npm.stdout);
  await once(npm.stdout, "data");
  process.kill(-(npm.pid ?? expect.unreachable()), "SIGINT");
  expect(await printed).toBe("busy\ncame to its end\n");
});
