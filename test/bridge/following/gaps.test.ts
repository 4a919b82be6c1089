import {
  appendFileSync,
  copyFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeGap } from "../../../bridge/following/gap.ts";
import { createFollowScene, type FollowScene } from "../support/follow-scene.ts";

const event = (minute: number): string =>
  `${JSON.stringify({ Event: "EventRegistered", ThisDN: "1", time: `2025-11-18T08:0${minute}:00Z` })}\n`;
const at = (minute: number): string => `2025-11-18T08:0${minute}:00Z`;

describe("what was removed before it was read", () => {
  let scene: FollowScene;
  beforeEach(async () => {
    scene = createFollowScene();
    writeFileSync(scene.file, event(1));
    await scene.read();
  });
  afterEach(() => scene.end());
  const minutes = () => scene.kept.lines.map((line) => Number(/08:0(\d)/.exec(line)?.[1]));
  const times = () => scene.kept.gaps.map(({ from, to }) => ({ from, to }));
  /** Rotates with shifted numbers, so many times, each with a later event. */
  const rotate = (from: number, to: number): void => {
    const { file } = scene;
    for (let minute = from; minute <= to; minute += 1) {
      for (let number = 8; number >= 1; number -= 1)
        if (scene.has(`${file}.${number}`))
          renameSync(`${file}.${number}`, `${file}.${number + 1}`);
      renameSync(file, `${file}.1`);
      writeFileSync(file, event(minute));
    }
  };

  it("is named with both times where the file that was read is gone too", async () => {
    await scene.stop();
    rmSync(scene.file);
    writeFileSync(scene.file, event(4));
    await scene.read();
    expect(times()).toEqual([{ from: at(1), to: at(4) }]);
    expect(minutes()).toEqual([1, 4]);
  });

  it("is named where the numbers of rotated files have a hole", async () => {
    await scene.stop();
    rotate(2, 4);
    rmSync(`${scene.file}.2`);
    await scene.read();
    expect(times()).toEqual([{ from: at(1), to: at(3) }]);
    expect(minutes()).toEqual([1, 3, 4]);
  });

  it("is named where rotation has overtaken the bridge while it ran", async () => {
    rotate(2, 5);
    for (const number of [4, 3]) rmSync(`${scene.file}.${number}`);
    await scene.read();
    expect(times()).toEqual([{ from: at(1), to: at(3) }]);
    expect(minutes()).toEqual([1, 3, 4, 5]);
  });

  it.each([true, false])(
    "is named where a file was emptied without a copy (running: %s)",
    async (isRunning) => {
      if (!isRunning) await scene.stop();
      truncateSync(scene.file);
      await scene.read();
      appendFileSync(scene.file, event(3));
      await scene.read();
      expect(times()).toEqual([{ from: at(1), to: at(3) }]);
      expect(minutes()).toEqual([1, 3]);
    },
  );

  it("is named at the end where nothing has come since", async () => {
    await scene.stop();
    rmSync(scene.file);
    await scene.read();
    expect(times()).toEqual([]);
    await scene.stop();
    expect(times()).toEqual([{ from: at(1), to: "2030-01-01T00:00:00.000Z" }]);
  });

  it("is not said of files that were read, or are read through what is held open", async () => {
    rotate(2, 3);
    await scene.read();
    rotate(4, 4);
    await scene.read(1);
    rmSync(`${scene.file}.3`);
    rmSync(`${scene.file}.2`);
    rmSync(scene.file);
    writeFileSync(scene.file, event(5));
    await scene.read();
    expect(minutes()).toEqual([1, 2, 3, 4, 5]);
    expect(scene.kept.gaps).toEqual([]);
  });

  it("is not said of what was written between copying and emptying, and was read", async () => {
    copyFileSync(scene.file, `${scene.file}.1`);
    appendFileSync(scene.file, event(2));
    await scene.read(1);
    truncateSync(scene.file);
    appendFileSync(scene.file, event(3));
    await scene.read();
    expect(minutes()).toEqual([1, 2, 3]);
    expect(scene.kept.gaps).toEqual([]);
  });

  it("is named with the file where it is compressed in a way that Node does not read, and read once it is unpacked", async () => {
    await scene.stop();
    rotate(2, 3);
    writeFileSync(`${scene.file}.1.xz`, Buffer.from("fd377a585a000004", "hex"));
    rmSync(`${scene.file}.1`);
    await scene.read();
    expect(times()).toEqual([{ from: at(1), to: at(3) }]);
    expect(scene.kept.gaps[0]?.why).toContain("events.ndjson.1.xz cannot be read");
    writeFileSync(`${scene.file}.1`, event(2));
    await scene.read();
    expect(minutes()).toEqual([1, 3, 2]);
  });

  it("is named with the file where a compressed one ends too early, with what can be read of it", async () => {
    await scene.stop();
    rotate(2, 4);
    const lines = Array.from({ length: 20_000 }, (_, at) => `{"a":${at}}\n`).join("");
    writeFileSync(`${scene.file}.2.gz`, gzipSync(event(2) + lines).subarray(0, -2_000));
    rmSync(`${scene.file}.2`);
    await scene.read(30);
    expect(minutes().filter((minute) => !Number.isNaN(minute))).toEqual([1, 2, 3, 4]);
    expect(scene.kept.lines.length).toBeGreaterThan(1_000);
    expect(times()).toEqual([{ from: at(2), to: at(3) }]);
  });

  it("is said in words", () => {
    const why = "it is gone";
    expect(describeGap({ from: at(1), to: at(4), why })).toBe(
      `events from ${at(1)} to ${at(4)} may be missing: it is gone`,
    );
    expect(describeGap({ to: at(4), why })).toBe(
      `events before ${at(4)} may be missing: it is gone`,
    );
  });
});
