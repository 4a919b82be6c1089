import { describe, expect, it } from "vitest";
import { createProgress } from "../../bridge/progress.ts";
import { progressLine } from "../../bridge/progress-line.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

const half = { atMs: 0, readBytes: 80, totalBytes: 100, done: 50, waiting: 30 };

describe("the progress of an import", () => {
  it("is one line", () => {
    expect(progressLine(half)).toBe("[############............] 50 %, 50 done");
    expect(progressLine({ ...half, totalBytes: 0, waiting: 0 })).toContain("100 %");
  });

  it.each([
    [10, "3.0 events/s, 14 s left"],
    [100, "0.3 events/s, 3 min left"],
    [4_000, "0.0 events/s, 1 h 30 min left"],
  ])("says the speed of the last %i s, and the time that is left at it", (seconds, pace) => {
    const before = { ...half, readBytes: 32, done: 20 };
    const now = { ...half, readBytes: 80, atMs: seconds * 1000 };
    expect(progressLine(now, before)).toBe(`[############............] 50 %, 50 done, ${pace}`);
  });

  it("promises nothing while nothing is done", () => {
    expect(progressLine({ ...half, atMs: 5_000 }, half)).not.toContain("left");
    const none = { ...half, done: 0 };
    expect(progressLine({ ...none, atMs: 5_000 }, none)).not.toContain("left");
  });

  it("fits into 80 columns", () => {
    const most = { readBytes: 1_000, totalBytes: 1_000_000, done: 9_999_999, waiting: 0 };
    const before = { ...most, atMs: 0, readBytes: 900, done: 9_900_000 };
    const line = progressLine({ ...most, atMs: 10_000 }, before);
    expect(line).toContain("9999999 done, 10000 events/s, 27 h 45 min left");
    expect(line.length).toBeLessThan(80);
  });

  const play = (isTTY: boolean) => {
    const written: string[] = [];
    let clock = 0;
    const terminal = createRecordingTerminal();
    const stream = { isTTY, write: (text: string) => written.push(text) };
    const progress = createProgress(terminal, stream, () => clock);
    return {
      progress,
      terminal,
      written,
      pass: (ms: number) => {
        clock += ms;
      },
    };
  };

  it("is drawn on a terminal once it takes long, and not too often", () => {
    const { progress, written, pass } = play(true);
    progress.update(half);
    expect(written).toEqual([]);
    pass(2_000);
    progress.update(half);
    progress.update(half);
    expect(written).toEqual([progressLine(half)]);
    pass(200);
    progress.update(half);
    expect(written).toEqual([progressLine(half), "\r\u001b[K", progressLine(half)]);
  });

  it("stays below the lines that are written meanwhile, and goes at the end", () => {
    const { progress, terminal, written, pass } = play(true);
    pass(2_000);
    progress.update(half);
    progress.terminal.print("line");
    progress.end();
    progress.terminal.print("last");
    expect(terminal.printed).toEqual(["line", "last"]);
    expect(written).toEqual([progressLine(half), "\r\u001b[K", progressLine(half), "\r\u001b[K"]);
  });

  it("is not there where no person looks", () => {
    const { progress, written, pass } = play(false);
    pass(5_000);
    progress.update(half);
    expect(written).toEqual([]);
  });
});
