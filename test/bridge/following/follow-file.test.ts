import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Following, startFollowing } from "../support/following.ts";
import { createKept, type Kept } from "../support/following-kept.ts";

describe("following a file", () => {
  let folder = "";
  let file = "";
  let kept: Kept;
  const running: Following[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "follow-"));
    file = join(folder, "events.ndjson");
    kept = createKept();
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = (): Following => {
    const following = startFollowing(file, kept);
    running.push(following);
    return following;
  };

  it("takes lines as they are completed", async () => {
    const following = start();
    await wait(20);
    writeFileSync(file, "1\n2\n3");
    await following.seen("1", "2");
    appendFileSync(file, "3\n");
    await following.seen("1", "2", "33");
  });

  it("goes on where it was after a restart", async () => {
    writeFileSync(file, "1\n2\n3");
    const first = start();
    await first.seen("1", "2");
    await first.stop();
    appendFileSync(file, "\n4\n");
    await start().seen("1", "2", "3", "4");
  });

  it("survives a rotation by renaming, with what is written after the rename", async () => {
    writeFileSync(file, "1\n");
    const following = start();
    await following.seen("1");
    renameSync(file, `${file}.1`);
    appendFileSync(`${file}.1`, "2\n3");
    writeFileSync(file, "4\n");
    await following.seen("1", "2", "3", "4");
    appendFileSync(file, "5\n");
    await following.seen("1", "2", "3", "4", "5");
  });

  it("survives a rotation by copying and emptying", async () => {
    writeFileSync(file, "1\n2\n");
    const following = start();
    await following.seen("1", "2");
    appendFileSync(file, "3\n");
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
    appendFileSync(file, "4\n");
    await following.seen("1", "2", "3", "4");
    expect(kept.gaps).toEqual([]);
  });

  it("notices a file that was emptied and has already outgrown its place", async () => {
    writeFileSync(file, "1\n");
    const following = start();
    await following.seen("1");
    writeFileSync(file, "2\n3\n4\n");
    await following.seen("1", "2", "3", "4");
  });

  it("reads what was rotated away, several times too, while it was not there", async () => {
    writeFileSync(file, "1\n2\n");
    const first = start();
    await first.seen("1", "2");
    await first.stop();
    appendFileSync(file, "3\n");
    renameSync(file, `${file}.2`);
    await wait(20);
    writeFileSync(`${file}.1`, "4\n");
    await wait(20);
    writeFileSync(file, "5\n");
    await start().seen("1", "2", "3", "4", "5");
    expect(kept.gaps).toEqual([]);
  });

  it("reads a file that was rotated away before anything of it was read", async () => {
    writeFileSync(file, "1");
    const first = start();
    await expect.poll(() => kept.read().generations.length).toBe(1);
    await first.stop();
    appendFileSync(file, "\n2\n");
    renameSync(file, `${file}.1`);
    writeFileSync(file, "3\n");
    await start().seen("1", "2", "3");
    expect(kept.gaps).toEqual([]);
  });

  it("says so where what was rotated away is gone", async () => {
    writeFileSync(file, "1\n");
    const first = start();
    await first.seen("1");
    await first.stop();
    rmSync(file);
    writeFileSync(file, "2\n");
    await start().seen("1", "2");
    expect(kept.gaps).toEqual([
      { to: "2030-01-01T00:00:00.000Z", why: expect.stringContaining(`${file} is gone`) },
    ]);
  });
});
