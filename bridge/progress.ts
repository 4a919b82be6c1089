import { type Progress, progressLine } from "./progress-line.ts";
import type { Terminal } from "./terminal/terminal.ts";

const quickMs = 2_000;
const redrawMs = 200;
// Long enough that a number can be read, short enough that it is about now.
const paceMs = 10_000;

/** The part of a stream that a bar needs. */
export type BarStream = {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
};

/**
 * A bar in the last line of a terminal, for imports that take more than two seconds. The terminal that it returns writes
 * its lines above the bar. Where the stream is no terminal there is none.
 */
export const createProgress = (terminal: Terminal, stream: BarStream, nowMs: () => number) => {
  const startedAt = nowMs();
  let drawnAt = Number.NEGATIVE_INFINITY;
  let line = "";
  const isTTY = stream.isTTY === true;
  /** What was so in the last seconds, oldest first. */
  let past: Progress[] = [];
  const clear = (): void => void (line !== "" && stream.write("\r\u001b[K"));
  const above =
    (write: (text: string) => void) =>
    (text: string): void => {
      clear();
      write(text);
      if (line !== "") stream.write(line);
    };
  return {
    terminal: isTTY
      ? {
          ...terminal,
          print: above(terminal.print),
          printText: above(terminal.printText),
          note: above(terminal.note),
          noteCommand: above(terminal.noteCommand),
        }
      : terminal,
    update: (reached: Omit<Progress, "atMs">): void => {
      const atMs = nowMs();
      if (!isTTY || atMs - drawnAt < redrawMs) return;
      drawnAt = atMs;
      const now = { ...reached, atMs };
      past = [...past.filter((one) => atMs - one.atMs <= paceMs), now];
      if (atMs - startedAt < quickMs) return;
      clear();
      line = progressLine(now, past[0]);
      stream.write(line);
    },
    end: (): void => {
      clear();
      line = "";
    },
  };
};
