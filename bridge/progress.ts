import type { Terminal } from "./terminal/terminal.ts";

const quickMs = 2_000;
const redrawMs = 200;
const width = 24;

/** The part of a stream that a bar needs. */
export type BarStream = {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
};

/** How far an import is. */
export type Progress = {
  readonly readBytes: number;
  readonly totalBytes: number;
  readonly done: number;
  readonly waiting: number;
};

/** One line for how far an import is: what is read counts as far as it has been sent. */
export const progressLine = ({ readBytes, totalBytes, done, waiting }: Progress): string => {
  const read = totalBytes === 0 ? 1 : Math.min(1, readBytes / totalBytes);
  const share = read * (done / Math.max(1, done + waiting));
  const bar = "#".repeat(Math.round(share * width)).padEnd(width, ".");
  return `[${bar}] ${Math.floor(share * 100)} %, ${done} done, ${waiting} waiting`;
};

/**
 * A bar in the last line of a terminal, for imports that take more than two seconds. The terminal that it returns writes
 * its lines above the bar. Where the stream is no terminal there is none.
 */
export const createProgress = (terminal: Terminal, stream: BarStream, nowMs: () => number) => {
  const startedAt = nowMs();
  let drawnAt = 0;
  let line = "";
  const isTTY = stream.isTTY === true;
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
    update: (progress: Progress): void => {
      const now = nowMs();
      if (!isTTY || now - startedAt < quickMs || now - drawnAt < redrawMs) return;
      clear();
      line = progressLine(progress);
      stream.write(line);
      drawnAt = now;
    },
    end: (): void => {
      clear();
      line = "";
    },
  };
};
