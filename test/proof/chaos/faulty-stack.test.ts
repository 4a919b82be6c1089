import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { survivorsOf } from "../../../proof/chaos/survivors.ts";

const program = join(import.meta.dirname, "../../../proof/chaos/faulty-stack.ts");

describe("the stack with faults", { skip: process.platform !== "linux" }, () => {
  it("does not even start when the process that started it is gone", async () => {
    const directory = mkdtempSync(join(tmpdir(), "chaos-stack-"));
    const args = [
      "1",
      join(directory, "published"),
      join(directory, "faults"),
      "--data",
      join(directory, "data"),
    ];
    const child = fork(program, args, { cwd: directory, silent: true });
    const exit = once(child, "exit");
    child.disconnect();
    await exit;
    await expect.poll(() => survivorsOf(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });
});
