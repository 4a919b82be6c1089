import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startThroughNpm } from "./support/through-npm.ts";

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
