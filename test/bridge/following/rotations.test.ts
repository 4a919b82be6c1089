import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKept, startFollowing } from "../support/following.ts";
import { type RotationStyle, rotate, rotationStyles, writeLines } from "../support/rotation.ts";

const rotations = 200;

describe("200 rotations, with kills between", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rotations-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const chance = (likely: number): boolean => Math.random() < likely;
  const pause = (): Promise<void> => wait(Math.random() * 8);
  const play = async (style: RotationStyle) => {
    const file = join(folder, "events.ndjson");
    const kept = createKept();
    const written: string[] = [];
    const write = (): void => {
      const lines = Array.from(
        { length: Math.floor(Math.random() * 4) },
        (_, at) => `${written.length + at}`,
      );
      written.push(...lines);
      if (lines.length > 0) writeLines(file, lines);
    };
    // A file that was never seen and is rotated away cannot be known.
    writeLines(file, ["begin"]);
    written.push("begin");
    let following = startFollowing(file, kept, 1);
    await following.seen("begin");
    for (let round = 0; round < rotations; round += 1) {
      write();
      if (chance(0.5)) await pause();
      write();
      rotate(file, style);
      if (chance(0.5)) write();
      if (chance(0.1)) {
        await following.kill();
        following = startFollowing(file, kept, 1);
      }
    }
    writeLines(file, ["end"]);
    written.push("end");
    await expect
      .poll(() => kept.lines.at(-1), { timeout: 10_000 })
      .toBe("end")
      .catch(() => undefined);
    await following.stop();
    return { written, kept };
  };

  it.each(rotationStyles)("lose nothing and keep the order: %s", async (style) => {
    const { written, kept } = await play(style);
    expect(kept.lines).toEqual(written);
    expect(kept.gaps).toEqual([]);
  });
});
