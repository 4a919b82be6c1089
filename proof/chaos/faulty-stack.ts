import { appendFileSync } from "node:fs";
import { readLocalOptions } from "../../local/command/local-options.ts";
import { createShutdown } from "../../local/processes/shutdown.ts";
import { startStack } from "../../local/stack/start-stack.ts";
import { createRandom } from "../../samples/random.ts";
import { putKeys, readKeys } from "../stack/bridge-keys.ts";
import { askedBy, evaluatedIn, writeEvaluations } from "./evaluations.ts";
import { createFaultCounts } from "./fault-counts.ts";
import { createFaultPlan } from "./fault-plan.ts";
import { type FaultPorts, startFaultProxy } from "./fault-proxy.ts";
import { createFaultyEnvironments } from "./faulty-environments.ts";
import { publishedBy } from "./published.ts";

// The local stack with faults between its functions and its emulators. It is started by `startStackLife`, over whose channel
// it hears `calm`, `faulty` and `die publishing`, and ends when that closes.
const [seed, publishedFile = "", faultsFile = "", evaluationsFile = "", ...args] =
  process.argv.slice(2);
const shutdown = createShutdown();
const draw = createFaultPlan(createRandom(Number(seed)), Date.now);
const faults = createFaultCounts(faultsFile);
let isCalm = true;
let diesPublishing = false;

const end = async (exitCode: number, line?: string): Promise<void> => {
  if (line !== undefined) process.stderr.write(`${line}\n`);
  setTimeout(() => process.exit(exitCode), 4000).unref();
  await shutdown.run();
  process.exit(exitCode);
};

const note = (kind: "asked" | "seen", keys: readonly string[], at: number): void =>
  writeEvaluations(
    evaluationsFile,
    keys.map((key) => ({ kind, key, at })),
  );

const ports: FaultPorts = {
  draw: (isBatch) => (isCalm ? { kind: "none" } : draw(isBatch)),
  kill: (caller) => environments.kill(caller),
  count: faults.count,
  onDone: (call, answer) => {
    note("asked", askedBy(call, answer), Date.now() * 1000);
    const lines = publishedBy(call, answer).map((one) => `${JSON.stringify(one)}\n`);
    if (lines.length === 0) return;
    appendFileSync(publishedFile, lines.join(""));
    if (diesPublishing) process.kill(process.pid, "SIGKILL");
  },
};
const proxies = {
  dynamodb: await startFaultProxy(true, ports, shutdown),
  messaging: await startFaultProxy(false, ports, shutdown),
};
const environments = createFaultyEnvironments(proxies, (payload, invocation, at) =>
  note("seen", evaluatedIn(payload, invocation), at),
);

process.on("message", (message) => {
  if (message === "die publishing") {
    diesPublishing = true;
    return;
  }
  isCalm = message !== "faulty";
  faults.write();
  process.send?.("so it is");
});
process.once("disconnect", () => void end(0));
// The process that started this one may be gone already.
if (!process.connected) await end(0);
process.once("SIGINT", () => void end(0));

try {
  const options = readLocalOptions(args, process.env["PORT"]);
  if ("kind" in options) throw new Error("the faulty stack has no help");
  await startStack(options, {
    say: (line) => void process.stdout.write(`${line}\n`),
    print: (lines) => void process.stdout.write(`${lines}\n`),
    shutdown,
    onDeath: (what) => void end(1, `${what} has ended, so the local stack ends too.`),
    startEnvironment: environments.start,
    beforeOpen: (description) => putKeys(description, readKeys(process.env["BRIDGE_KEYS"])),
  });
} catch (error) {
  await end(1, String(error));
}
