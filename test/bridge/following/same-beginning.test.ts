import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFollowScene, type FollowScene } from "../support/follow-scene.ts";

// Every file begins with the same heartbeats, as a writer makes them all day.
const beat = JSON.stringify({ serverName: "S", session: { id: "of-the-day" }, events: [] });
const beats = (count: number): string => `${beat}\n`.repeat(count);

const rotations: Readonly<Record<string, (file: string, scene: FollowScene) => void>> = {
  "renamed with a number": (file) => renameSync(file, `${file}.1`),
  "renamed in any way": (file, { at }) => renameSync(file, at("yesterday")),
  "copied and emptied": (file) => {
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  },
  compressed: (file) => {
    writeFileSync(`${file}.1.gz`, gzipSync(readFileSync(file)));
    rmSync(file);
  },
};

describe("files that begin alike", () => {
  let scene: FollowScene;
  beforeEach(() => {
    scene = createFollowScene();
  });
  afterEach(() => scene.end());
  const others = () => scene.kept.lines.filter((line) => line !== beat);

  it.each(Object.entries(rotations))("are distinguished over a restart: %s", async (_, rotate) => {
    const { file } = scene;
    writeFileSync(file, `${beats(8)}a\n`);
    await scene.read();
    await scene.stop();
    appendFileSync(file, `${beats(11)}b\n`);
    rotate(file, scene);
    writeFileSync(file, `${beats(3)}c\n${beats(12)}d\n`);
    await scene.read();
    expect(others()).toEqual(["a", "b", "c", "d"]);
    expect(scene.kept.gaps).toEqual([]);
  });

  it.each(Object.entries(rotations))(
    "are distinguished where all that was read is in both: %s",
    async (_, rotate) => {
      const { file } = scene;
      writeFileSync(file, beats(8));
      await scene.read();
      await scene.stop();
      appendFileSync(file, "b\n");
      rotate(file, scene);
      writeFileSync(file, `${beats(8)}c\n`);
      await scene.read();
      expect(others()).toEqual(["b", "c"]);
      expect(scene.kept.gaps).toEqual([]);
    },
  );

  it.each(Object.entries(rotations))("are distinguished while it runs: %s", async (_, rotate) => {
    const { file } = scene;
    for (const name of ["a", "b"]) {
      writeFileSync(file, `${beats(8)}${name}\n`);
      await scene.read();
      rmSync(`${file}.1`, { force: true });
      rotate(file, scene);
    }
    writeFileSync(file, `${beats(9)}c\n`);
    await scene.read();
    expect(others()).toEqual(["a", "b", "c"]);
  });
});
