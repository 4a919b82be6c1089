import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StartFailure } from "../../../local/command/start-failure.ts";
import { prepareDataDirectory } from "../../../local/disk/data-directory.ts";
import { isNoSpaceError } from "../../../local/disk/disk-space.ts";
import { createShutdown, type Shutdown } from "../../../local/processes/shutdown.ts";
import { mountSmallDisk, type SmallDisk } from "../../../proof/chaos/small-disk.ts";

const expectRefusal = (disk: SmallDisk, directory: string): void => {
  prepareDataDirectory(directory);
  disk.fill();
  expect(() => prepareDataDirectory(directory)).toThrow(StartFailure);
  expect(() => prepareDataDirectory(directory)).toThrow(/no space left .*\/data .*Free some space/);
};

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

  it("is made when it does not exist", () => {
    prepareDataDirectory(join(folder, "some", "data"));
    expect(existsSync(join(folder, "some", "data"))).toBe(true);
  });

  it("is refused, with what to do, when its disk is full", async (context) => {
    const disk = await mountSmallDisk(join(folder, "disk"), shutdown).catch(() => undefined);
    // Only root may mount, and a full disk cannot be had otherwise.
    if (disk === undefined) return context.skip("mounting a disk takes root");
    expectRefusal(disk, join(folder, "disk", "data"));
  });
});

describe("an error of the disk", () => {
  it.each([
    ["ENOSPC", true],
    ["EDQUOT", true],
    ["EACCES", false],
  ])("%s says that it is full: %s", (code, isFull) => {
    expect(isNoSpaceError(Object.assign(new Error("no"), { code }))).toBe(isFull);
  });
});
