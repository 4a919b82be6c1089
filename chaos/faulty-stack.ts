import { appendFileSync } from "node:fs";
import { readOptions } from "../local/options.ts";
import { createShutdown } from "../local/shutdown.ts";
import { startStack } from "../local/stack.ts";
import { createRandom } from "../samples/random.ts";
import { createFaultPlan } from "./fault-plan.ts";
import { type FaultPorts, startFaultProxy } from "./fault-proxy.ts";
import { createFaultyEnvironments } from "./faulty-environments.ts";
import { publishedBy } from "./published.ts";

// The local stack with faults between its functions and its emulators. It is started by `startStackLife`, over whose channel
// it hears `calm` and `faulty`, tells its figures at each, and ends when that closes.
const [seed, publishedFile = "", ...args] = process.argv.slice(2);
const shutdown = createShutdown();
const draw = createFaultPlan(createRandom(Number(seed)));
const counts: Record<string, number> = {};
let isCalm = true;

const end = async (exitCode: number, line?: string): Promise<void> => {
  if (line !== undefined) process.stderr.write(`${line}\n`);
  setTimeout(() => process.exit(exitCode), 4000).unref();
  await shutdown.run();
  process.exit(exitCode);
};

const ports: FaultPorts = {
  draw: (isBatch) => (isCalm ? { kind: "none" } : draw(isBatch)),
  kill: (caller) => environments.kill(caller),
  count: (kind) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  },
  onDone: (call, answer) => {
    const lines = publishedBy(call, answer).map((one) => `${JSON.stringify(one)}\n`);
    if (lines.length > 0) appendFileSync(publishedFile, lines.join(""));
  },
};
const environments = createFaultyEnvironments({
  dynamodb: await startFaultProxy(true, ports, shutdown),
  messaging: await startFaultProxy(false, ports, shutdown),
});

process.on("message", (message) => {
  isCalm = message !== "faulty";
  process.send?.({ counts });
});
process.once("disconnect", () => void end(0));
process.once("SIGINT", () => void end(0));

try {
  const options = readOptions(args, process.env["PORT"]);
  if ("kind" in options) throw new Error("no help here");
  await startStack(options, {
    say: (line) => void process.stdout.write(`${line}\n`),
    shutdown,
    onDeath: (what) => void end(1, `${what} has ended, so the local stack ends too.`),
    startEnvironment: environments.start,
  });
} catch (error) {
  await end(1, String(error));
}
