import { describe, expect, it } from "vitest";
import { createProgress, progressLine } from "../../bridge/progress.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

const half = { readBytes: 80, totalBytes: 100, done: 50, waiting: 30 };

describe("the progress of an import", () => {
  it("is one line", () => {
    expect(progressLine(half)).toBe("[############............] 50 %, 50 done, 30 waiting");
    expect(progressLine({ ...half, totalBytes: 0, waiting: 0 })).toContain("100 %");
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
