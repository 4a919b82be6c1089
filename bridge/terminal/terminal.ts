import { wrapWords } from "./wrap-words.ts";

/** Where a command writes: results go to `print`, what only a person wants to know goes to `note`. */
export type Terminal = {
  /** Writes a result as it is: programs may read it. */
  readonly print: (line: string) => void;
  /** Writes a result that people read: wrapped at words where a terminal shows it. */
  readonly printText: (line: string) => void;
  /** Writes to people, wrapped in the same way. */
  readonly note: (line: string) => void;
  /** Writes what people may paste: as it is. */
  readonly noteCommand: (command: string) => void;
  /** Whether colour may be used in `print`. */
  readonly colour: boolean;
};

/** The part of a stream that says how wide the terminal is that shows it; undefined for a pipe or a file. */
const columnsOf = ({ isTTY, columns }: NodeJS.WriteStream): number | undefined =>
  isTTY && columns > 0 ? columns : undefined;

/** The process's own terminal. Each line is written at once, so that a pipe sees it even if the command is killed next. */
export const createTerminal = (): Terminal => {
  const { stdout, stderr } = process;
  return {
    print: (line) => void stdout.write(`${line}\n`),
    printText: (line) => void stdout.write(`${wrapWords(line, columnsOf(stdout))}\n`),
    noteCommand: (command) => void stderr.write(`${command}\n`),
    note: (line) => void stderr.write(`${wrapWords(line, columnsOf(stderr))}\n`),
    colour: stdout.isTTY && process.env["NO_COLOR"] === undefined,
  };
};
