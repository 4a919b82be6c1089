import { createHash } from "node:crypto";
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFollowScene, type FollowScene } from "../support/follow-scene.ts";

describe("following what writers and rotations do", () => {
  let scene: FollowScene;
  beforeEach(async () => {
    scene = createFollowScene();
    writeFileSync(scene.file, "1\n");
    await scene.read();
  });
  afterEach(async () => {
    expect(scene.kept.gaps).toEqual([]);
    await scene.end();
  });
  const came = async (...expected: string[]): Promise<void> =>
    expect(await scene.read()).toEqual(expected);

  it("reads on in a renamed file while the new one is empty, as when its writer reopens late", async () => {
    const { file } = scene;
    renameSync(file, `${file}.1`);
    writeFileSync(file, "");
    await came("1");
    appendFileSync(`${file}.1`, "2\n");
    await came("1", "2");
    appendFileSync(file, "3\n");
    await came("1", "2", "3");
    appendFileSync(`${file}.1`, "late\n");
    await came("1", "2", "3", "late");
    await scene.stop();
    appendFileSync(`${file}.1`, "later\n");
    await came("1", "2", "3", "late", "later");
  });

  it("reads through a removed file to its end", async () => {
    const descriptor = openSync(scene.file, "a");
    rmSync(scene.file);
    writeSync(descriptor, "2\n");
    closeSync(descriptor);
    writeFileSync(scene.file, "3\n");
    await came("1", "2", "3");
  });

  it("goes on in a file that an editor has put in its place", async () => {
    writeFileSync(scene.at("new"), "1\n2\n");
    renameSync(scene.at("new"), scene.file);
    await came("1", "2");
    await scene.stop();
    writeFileSync(scene.at("new"), "1\n2\n3\n");
    renameSync(scene.at("new"), scene.file);
    await came("1", "2", "3");
  });

  it("leaves out NULs before the first line, where a writer goes on at its old place", async () => {
    const { file } = scene;
    const place = 20 * 1024 * 1024;
    const descriptor = openSync(file, "r+");
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
    writeSync(descriptor, "2\n", place);
    await came("1", "2");
    await scene.stop();
    writeSync(descriptor, "3\n", fstatSync(descriptor).size);
    closeSync(descriptor);
    await came("1", "2", "3");
  });

  it("waits where space is reserved and not yet written", async () => {
    const { file } = scene;
    const descriptor = openSync(file, "r+");
    truncateSync(file, 3 * 1024 * 1024);
    await came("1");
    writeSync(descriptor, "2\n3", 2);
    await came("1", "2");
    await scene.stop();
    writeSync(descriptor, "3\n4\n", 5);
    closeSync(descriptor);
    await came("1", "2", "33", "4");
  });

  it("takes the last line of a rotated file without a line feed, and no half of a line that grows", async () => {
    const { file } = scene;
    appendFileSync(file, "2");
    await came("1");
    renameSync(file, `${file}.1`);
    writeFileSync(file, "3\n");
    await came("1", "2", "3");
  });

  it("follows a link that is switched over, several times while it was not there", async () => {
    const linked = createFollowScene("current.ndjson");
    const day = (date: number): string => linked.at(`events-2025-11-${date}.ndjson`);
    const switchTo = (date: number): void => {
      rmSync(linked.file, { force: true });
      symlinkSync(day(date), linked.file);
    };
    writeFileSync(day(17), "before\n");
    writeFileSync(day(18), "1\n");
    switchTo(18);
    expect(await linked.read()).toEqual(["1"]);
    appendFileSync(day(18), "2\n");
    writeFileSync(day(19), "3\n");
    switchTo(19);
    expect(await linked.read()).toEqual(["1", "2", "3"]);
    await linked.stop();
    appendFileSync(day(19), "4\n");
    for (const date of [20, 21]) writeFileSync(day(date), `${date}\n`);
    switchTo(21);
    expect(await linked.read()).toEqual(["1", "2", "3", "4", "20", "21"]);
    expect(linked.kept.gaps).toEqual([]);
    await linked.end();
  });

  it("follows a link into another folder, where the file is rotated", async () => {
    const linked = createFollowScene("link.ndjson");
    const folder = linked.at("logs");
    mkdirSync(folder);
    const target = join(folder, "events.ndjson");
    writeFileSync(target, "1\n");
    symlinkSync(target, linked.file);
    await linked.read();
    await linked.stop();
    for (const text of ["2\n", "3\n"]) {
      if (text === "3\n") renameSync(`${target}.1`, `${target}.2`);
      renameSync(target, `${target}.1`);
      writeFileSync(target, text);
    }
    expect(await linked.read()).toEqual(["1", "2", "3"]);
    await linked.end();
  });

  it("reads a file that has two names for a moment once", async () => {
    const { file } = scene;
    linkSync(file, `${file}.1`);
    await came("1");
    rmSync(file);
    writeFileSync(file, "2\n");
    await came("1", "2");
  });

  it("does not take a copy that is being made for a file of its own", async () => {
    const { file } = scene;
    appendFileSync(file, "2\n3\n");
    writeFileSync(`${file}.1`, "1\n2");
    await came("1", "2", "3");
    await scene.stop();
    await came("1", "2", "3");
    writeFileSync(`${file}.1`, "1\n2\n3\n");
    truncateSync(file);
    appendFileSync(file, "4\n");
    await came("1", "2", "3", "4");
  });

  it("does not take a compressed file that is being written for damaged", async () => {
    const { file } = scene;
    const lines = Array.from({ length: 5_000 }, (_, at) => `line ${at}`);
    appendFileSync(file, `${lines.join("\n")}\n`);
    const whole = gzipSync(readFileSync(file));
    await scene.stop();
    writeFileSync(`${file}.1.gz`, whole.subarray(0, 9_000));
    rmSync(file);
    writeFileSync(file, "end\n");
    await scene.read(3);
    expect(scene.kept.lines).not.toContain("end");
    writeFileSync(`${file}.1.gz`, whole);
    await came("1", ...lines, "end");
  });

  it("reads a folder that goes away and comes back", async () => {
    const away = `${scene.folder}-away`;
    renameSync(scene.folder, away);
    await came("1");
    expect(scene.notes()).toEqual([expect.stringContaining("cannot be followed, tried again")]);
    renameSync(away, scene.folder);
    appendFileSync(scene.file, "2\n");
    await came("1", "2");
    expect(scene.notes().at(-1)).toContain("can be read again");
    await scene.stop();
    renameSync(scene.folder, away);
    await came("1", "2");
    renameSync(away, scene.folder);
    appendFileSync(scene.file, "3\n");
    await came("1", "2", "3");
  });

  it("reads a large file in pieces, and what is left of it compressed", async () => {
    const { file } = scene;
    const lines = Array.from({ length: 60_000 }, (_, at) => `${at}${"x".repeat(40)}`);
    appendFileSync(file, lines.map((line) => `${line}\n`).join(""));
    await came("1", ...lines);
    await scene.stop();
    appendFileSync(file, "2\n");
    writeFileSync(`${file}.1.gz`, gzipSync(readFileSync(file)));
    rmSync(file);
    writeFileSync(file, "3\n");
    await scene.read();
    expect(scene.kept.lines.slice(lines.length)).toEqual([lines.at(-1), "2", "3"]);
  });
});

describe("files that lay beside the followed one before", () => {
  it("are not read, also when they are compressed later, or their numbers shift", async () => {
    const scene = createFollowScene();
    const { file } = scene;
    writeFileSync(`${file}.1`, "old\n");
    writeFileSync(`${file}.2.gz`, gzipSync("older\n"));
    writeFileSync(file, "1\n");
    expect(await scene.read()).toEqual(["1"]);
    await scene.stop();
    renameSync(`${file}.2.gz`, `${file}.3.gz`);
    writeFileSync(`${file}.2.gz`, gzipSync("old\n"));
    renameSync(file, `${file}.1`);
    writeFileSync(file, "2\n");
    expect(await scene.read()).toEqual(["1", "2"]);
    expect(scene.kept.gaps).toEqual([]);
    await scene.end();
  });

  it("are not read where the whole folder was copied, so that each inode is another", async () => {
    const scene = createFollowScene();
    const { file } = scene;
    const many = 300;
    const write = (from: number): void => {
      for (let number = 1; number <= many; number += 1)
        writeFileSync(`${file}.${from + number}`, `old ${number}\n`);
    };
    write(0);
    writeFileSync(file, "1\n");
    expect(await scene.read(1)).toEqual(["1"]);
    await scene.stop();
    for (let number = 1; number <= many; number += 1) rmSync(`${file}.${number}`);
    write(1);
    copyFileSync(file, `${file}.1`);
    rmSync(file);
    writeFileSync(file, "2\n");
    expect(await scene.read()).toEqual(["1", "2"]);
    expect(scene.kept.gaps).toEqual([]);
    await scene.end();
  });

  it("are distinguished from later ones by their time where version 0.2.0 has read before", async () => {
    const before = createFollowScene();
    writeFileSync(before.file, "1\n");
    const head = createHash("sha256").update("1\n").digest("base64url");
    const place = { inode: statSync(before.file).ino, offset: 2, lines: 1, head };
    const scene = createFollowScene("events.ndjson", JSON.stringify(place));
    const { file } = scene;
    renameSync(before.file, `${file}.2`);
    appendFileSync(`${file}.2`, "2\n");
    for (const [name, seconds] of [
      ["4", 1],
      ["3", 2],
      ["2", 3],
      ["1", 4],
    ] as const) {
      if (name !== "2") writeFileSync(`${file}.${name}`, `at ${seconds}\n`);
      utimesSync(`${file}.${name}`, seconds, seconds);
    }
    writeFileSync(file, "5\n");
    expect(await scene.read()).toEqual(["2", "at 4", "5"]);
    expect(scene.kept.gaps).toEqual([]);
    expect(scene.kept.read().released).toBeUndefined();
    await scene.stop();
    expect(await scene.read()).toEqual(["2", "at 4", "5"]);
    await scene.end();
    await before.end();
  });
});
