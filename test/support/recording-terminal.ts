import type { Terminal } from "../../bridge/terminal/terminal.ts";

/** A terminal that remembers what was written to it. */
export const createRecordingTerminal = (): Terminal & {
  readonly printed: string[];
  readonly noted: string[];
} => {
  const printed: string[] = [];
  const noted: string[] = [];
  return {
    printed,
    noted,
    print: (line) => void printed.push(line),
    printText: (line) => void printed.push(line),
    note: (line) => void noted.push(line),
    noteCommand: (command) => void noted.push(command),
    colour: false,
  };
};
