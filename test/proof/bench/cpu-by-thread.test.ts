import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { cpuByThread, ticksIn } from "../../../proof/bench/cpu-by-thread.ts";

// By its own CPU, not by the clock: on a busy machine it gets little of it in a second.
const spin = "while (process.threadCpuUsage().user < 400_000);";

describe("the CPU of a process by its threads", () => {
  it("is user and system together, whatever the thread is called", () => {
    const fields = Array.from({ length: 11 }, (_, index) => index);
    expect(ticksIn(`7 (a) b) ${fields.join(" ")} 30 4 99`)).toBe(34);
  });

  it.runIf(process.platform === "linux")("has a thread under its name", async () => {
    const code = `${spin} setInterval(() => 0, 1000);`;
    const worker = new Worker(code, { eval: true, name: "spinning" });
    await expect.poll(() => cpuByThread(process.pid).get("spinning")).toBeGreaterThan(20);
    await worker.terminate();
  });

  it("is empty for a process that is not there", () => {
    expect(cpuByThread(99_999_999)).toEqual(new Map());
  });
});
