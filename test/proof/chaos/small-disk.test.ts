import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasSpace } from "../../../local/disk/disk-space.ts";
import { createShutdown } from "../../../local/processes/shutdown.ts";
import { NotPossible } from "../../../proof/chaos/not-possible.ts";
import { mountSmallDisk } from "../../../proof/chaos/small-disk.ts";

const isMounted = (folder: string): boolean =>
  readFileSync("/proc/self/mounts", "utf8").includes(folder);
const mayMount = spawnSync("unshare", ["-m", "true"]).status === 0;
const program = join(import.meta.dirname, "../../../proof/chaos/small-disk.ts");
const mountAndWait = `
  const { mountSmallDisk } = await import(${JSON.stringify(program)});
  await mountSmallDisk(process.argv[1], { add: () => undefined });
  console.log("mounted");
  setInterval(() => undefined, 1000);`;

describe.runIf(mayMount)("a disk that can be filled", () => {
  it("has no space once it is filled, has it again, and is gone after the shutdown", async () => {
    const directory = mkdtempSync(join(tmpdir(), "chaos-disk-"));
    const folder = join(directory, "disk");
    const shutdown = createShutdown();
    const disk = await mountSmallDisk(folder, shutdown);
    expect(hasSpace(folder)).toBe(true);
    disk.fill();
    expect(hasSpace(folder)).toBe(false);
    expect(() => appendFileSync(join(folder, "more"), "more")).toThrow("ENOSPC");
    disk.makeRoom();
    expect(hasSpace(folder)).toBe(true);
    await shutdown.run();
    expect(isMounted(folder)).toBe(false);
    rmSync(directory, { recursive: true });
  });

  it("is gone after a kill -9 of the process that mounted it", async () => {
    const directory = mkdtempSync(join(tmpdir(), "chaos-disk-"));
    const folder = join(directory, "disk");
    const child = spawn(process.execPath, ["--input-type=module", "-e", mountAndWait, folder]);
    await once(child.stdout, "data");
    expect(isMounted(folder)).toBe(true);
    child.kill("SIGKILL");
    await expect.poll(() => isMounted(folder)).toBe(false);
    rmSync(directory, { recursive: true });
  });
});

describe("a disk that cannot be mounted", () => {
  it("is said to be not possible, with what it takes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "chaos-disk-"));
    const mounting = mountSmallDisk(join(folder, "disk"), createShutdown(), "false");
    await expect(mounting).rejects.toThrow(NotPossible);
    await expect(mounting).rejects.toThrow(/root/);
    rmSync(folder, { recursive: true });
  });
});
