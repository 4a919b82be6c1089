import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileCheckpoints } from "../../../../local/event-sources/streams/checkpoints.ts";

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "checkpoints-"));
  file = join(directory, "stream-checkpoints.json");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const failure = (code: string) => Object.assign(new Error("it failed"), { code });

/** A disk that fails with a code for as long as one is set. */
const createDisk = (code?: string) => {
  const disk = { code };
  const write = (path: string, text: string) => {
    if (disk.code !== undefined) throw failure(disk.code);
    writeFileSync(path, text);
  };
  return { disk, write };
};

describe("checkpoints in a file", () => {
  it("are there at the next start", () => {
    fileCheckpoints(file).write("stream", "shard", "7");
    expect(fileCheckpoints(file).read("stream", "shard")).toBe("7");
    expect(fileCheckpoints(file).read("stream", "other")).toBeUndefined();
  });

  it.each(["ENOSPC", "EDQUOT"])(
    "stay the old ones while the disk says %s, and are written when there is space again",
    (code) => {
      const { disk, write } = createDisk();
      const checkpoints = fileCheckpoints(file, write);
      checkpoints.write("stream", "shard", "7");
      disk.code = code;
      checkpoints.write("stream", "shard", "8");
      expect(checkpoints.read("stream", "shard")).toBe("8");
      expect(checkpoints.catchUp()).toBe(false);
      expect(fileCheckpoints(file).read("stream", "shard")).toBe("7");
      Object.assign(disk, { code: undefined });
      expect(checkpoints.catchUp()).toBe(true);
      expect(fileCheckpoints(file).read("stream", "shard")).toBe("8");
    },
  );

  it.each(["", "[", "7", '{"stream shard":7}'])("are not guessed from a file with %j", (text) => {
    writeFileSync(file, text);
    expect(() => fileCheckpoints(file)).toThrow(
      expect.objectContaining({
        name: "StartFailure",
        message: expect.stringMatching(/stream-checkpoints\.json cannot be read: .* remove it/),
      }),
    );
  });

  it("fail on any other error of the disk", () => {
    const checkpoints = fileCheckpoints(file, createDisk("EACCES").write);
    expect(() => checkpoints.write("stream", "shard", "7")).toThrow("it failed");
  });
});
