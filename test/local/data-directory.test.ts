import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareDataDirectory } from "../../local/data-directory.ts";
import { isDiskFull } from "../../local/disk-space.ts";
import { createShutdown, type Shutdown } from "../../local/shutdown.ts";
import { StartFailure } from "../../local/start-failure.ts";
import { mountSmallDisk, type SmallDisk } from "../../proof/chaos/small-disk.ts";

describe("the directory of --data", () => {
  let folder: string;
  let shutdown: Shutdown;
  beforeEach(() => {
    shutdown = createShutdown();
    folder = mkdtempSync(join(tmpdir(), "data-directory-"));
  });
  afterEach(async () => {
    await shutdown.run();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is made where it is not there", () => {
    prepareDataDirectory(join(folder, "some", "data"));
    expect(existsSync(join(folder, "some", "data"))).toBe(true);
  });

  it("is refused, with what to do, where its disk is full", async (context) => {
    const disk = await mountSmallDisk(join(folder, "disk"), shutdown).catch(() => undefined);
    if (disk === undefined) return context.skip("mounting a disk takes root");
    expectRefusal(disk, join(folder, "disk", "data"));
  });
});

const expectRefusal = (disk: SmallDisk, directory: string): void => {
  prepareDataDirectory(directory);
  disk.fill();
  expect(() => prepareDataDirectory(directory)).toThrow(StartFailure);
  expect(() => prepareDataDirectory(directory)).toThrow(/no space left .*\/data .*Make room/);
};

describe("an error of the disk", () => {
  it.each([
    ["ENOSPC", true],
    ["EDQUOT", true],
    ["EACCES", false],
  ])("%s says that it is full: %s", (code, isFull) => {
    expect(isDiskFull(Object.assign(new Error("no"), { code }))).toBe(isFull);
  });
});
