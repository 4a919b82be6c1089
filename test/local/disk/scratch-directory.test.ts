import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeScratchDirectory } from "../../../local/disk/scratch-directory.ts";
import { createShutdown, type Shutdown } from "../../../local/processes/shutdown.ts";
import { mountSmallDisk } from "../../../proof/chaos/small-disk.ts";

describe("a scratch directory", () => {
  let parent: string;
  let shutdown: Shutdown;
  beforeEach(() => {
    shutdown = createShutdown();
    parent = mkdtempSync(join(tmpdir(), "scratch-parent-"));
  });
  afterEach(async () => {
    await shutdown.run();
    rmSync(parent, { recursive: true, force: true });
  });

  it("is in its parent, where there is enough space", () => {
    const { directory } = makeScratchDirectory(shutdown, parent);
    expect(dirname(directory)).toBe(parent);
    expect(statSync(directory).isDirectory()).toBe(true);
  });

  it("is in the system's temporary folder when the parent is missing", () => {
    const { directory } = makeScratchDirectory(shutdown, join(parent, "missing"));
    expect(dirname(directory)).toBe(tmpdir());
    expect(existsSync(join(parent, "missing"))).toBe(false);
  });

  it("is in the system's temporary folder when the parent is small", async (context) => {
    const folder = join(parent, "disk");
    const disk = await mountSmallDisk(folder, shutdown).catch(() => undefined);
    // Only root may mount, and a small disk cannot be had otherwise.
    if (disk === undefined) return context.skip("mounting a disk takes root");
    const { directory } = makeScratchDirectory(shutdown, folder);
    expect(dirname(directory)).toBe(tmpdir());
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is nobody else's", () => {
    const one = makeScratchDirectory(shutdown, parent).directory;
    const two = makeScratchDirectory(shutdown, parent).directory;
    expect(one).not.toBe(two);
    expect(statSync(one).mode & 0o777).toBe(0o700);
  });

  it.each([
    ["its own remove", ({ remove }: ReturnType<typeof makeScratchDirectory>) => remove()],
    ["the shutdown", () => shutdown.run()],
    [
      "both, and again",
      async ({ remove }: ReturnType<typeof makeScratchDirectory>) => {
        remove();
        remove();
        await shutdown.run();
      },
    ],
  ])("is gone with its files after %s", async (_what, end) => {
    const scratch = makeScratchDirectory(shutdown, parent);
    writeFileSync(join(scratch.directory, "file"), "text");
    await end(scratch);
    expect(readdirSync(parent)).toEqual([]);
  });
});
