import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createShutdown } from "../../../local/processes/shutdown.ts";
import { startBridgeRuns } from "../../../proof/chaos/bridge-runs.ts";
import { makeLoad } from "../../../proof/chaos/load.ts";
import { survivorsOf } from "../../../proof/chaos/survivors.ts";

// Nothing answers there: the bridge tries again and again.
const nowhere = "http://127.0.0.1:9";
const key = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const { events } = makeLoad({ seed: 1, count: 20, now: Date.UTC(2026, 10, 22) * 1000 });
const project = join(import.meta.dirname, "../../..");
const runAndWait = `
  const { startBridgeRuns } = await import(${JSON.stringify(join(project, "proof/chaos/bridge-runs.ts"))});
  const [directory] = process.argv.slice(1);
  startBridgeRuns([{ text: "{}" }], { directory, url: "${nowhere}", key: "${key}" }, { add: () => undefined });
  console.log("started");`;
const isRunning = (directory: string) => survivorsOf(directory).length > 0;

describe("the runs of a bridge", { skip: process.platform !== "linux" }, () => {
  it("start again after each kill, and end with the shutdown", async () => {
    const directory = mkdtempSync(join(tmpdir(), "chaos-bridge-"));
    const shutdown = createShutdown();
    const bridge = startBridgeRuns(events, { directory, url: nowhere, key }, shutdown);
    for (let kills = 1; kills <= 2; kills += 1) {
      await expect.poll(() => isRunning(directory)).toBe(true);
      bridge.kill();
      await expect.poll(() => bridge.kills()).toBe(kills);
    }
    await shutdown.run();
    await bridge.done;
    expect(survivorsOf(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });

  it("end with the process that started them, killed or not", async () => {
    const directory = mkdtempSync(join(tmpdir(), "chaos-bridge-"));
    const args = ["--input-type=module", "-e", runAndWait, directory];
    const child = spawn(process.execPath, args, { cwd: project });
    await once(child.stdout, "data");
    await expect.poll(() => survivorsOf(directory).length).toBeGreaterThan(1);
    child.kill("SIGKILL");
    await expect.poll(() => survivorsOf(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });

  it("fail where the bridge ends by itself with something unsent", async () => {
    const directory = mkdtempSync(join(tmpdir(), "chaos-bridge-"));
    const run = { directory, url: nowhere, key: "no key" };
    const { done } = startBridgeRuns(events, run, createShutdown());
    await expect(done).rejects.toThrow("the bridge ended");
    rmSync(directory, { recursive: true });
  });
});
