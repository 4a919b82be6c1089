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
import { followFile } from "../../../bridge/following/follow-file.ts";

describe("following a file", () => {
  let folder = "";
  let file = "";
  let notes: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "follow-"));
    file = join(folder, "events.ndjson");
    notes = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Follows in the background; `place` is what a restart would begin with. */
  const start = (kept?: string) => {
    const lines: string[] = [];
    const controller = new AbortController();
    let place = kept;
    const deps = { sleep: () => wait(5), onNote: (text: string) => notes.push(text) };
    const run = async (): Promise<void> => {
      for await (const grown of followFile(file, kept, deps, controller.signal)) {
        lines.push(...grown.lines.map(({ bytes }) => bytes.toString()));
        place = JSON.stringify(grown.place);
      }
    };
    const ended = run();
    return {
      lines,
      seen: async (...expected: string[]) => expect.poll(() => lines).toEqual(expected),
      stop: async () => {
        controller.abort();
        await ended;
        return place;
      },
    };
  };

  it("takes lines as they are completed", async () => {
    const following = start();
    await wait(20);
    writeFileSync(file, "1\n2\n3");
    await following.seen("1", "2");
    appendFileSync(file, "3\n");
    await following.seen("1", "2", "33");
    await following.stop();
  });

  it("goes on where it was after a restart", async () => {
    writeFileSync(file, "1\n2\n3");
    const first = start();
    await first.seen("1", "2");
    const place = await first.stop();
    appendFileSync(file, "\n4\n");
    const second = start(place);
    await second.seen("3", "4");
    await second.stop();
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
    await following.stop();
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
    await following.stop();
  });

  it("notices a file that was emptied and has already outgrown its place", async () => {
    writeFileSync(file, "1\n");
    const following = start();
    await following.seen("1");
    writeFileSync(file, "2\n3\n4\n");
    await following.seen("1", "2", "3", "4");
    await following.stop();
  });

  it("reads what was rotated away, several times too, while it was not there", async () => {
    writeFileSync(file, "1\n2\n");
    const first = start();
    await first.seen("1", "2");
    const place = await first.stop();
    appendFileSync(file, "3\n");
    renameSync(file, `${file}.2`);
    await wait(20);
    writeFileSync(`${file}.1`, "4\n");
    await wait(20);
    writeFileSync(file, "5\n");
    const second = start(place);
    await second.seen("3", "4", "5");
    await second.stop();
    expect(notes).toEqual([]);
  });

  it("reads a file that was rotated away before anything of it was read", async () => {
    writeFileSync(file, "1");
    const first = start();
    await wait(50);
    const place = await first.stop();
    appendFileSync(file, "\n2\n");
    renameSync(file, `${file}.1`);
    writeFileSync(file, "3\n");
    const second = start(place);
    await second.seen("1", "2", "3");
    await second.stop();
  });

  it("says so where what was rotated away is gone", async () => {
    writeFileSync(file, "1\n");
    const first = start();
    await first.seen("1");
    const place = await first.stop();
    rmSync(file);
    writeFileSync(file, "2\n");
    const second = start(place);
    await second.seen("2");
    await second.stop();
    expect(notes).toEqual([expect.stringContaining("events behind byte 2 may be missing")]);
  });
});
