/** Where a command writes: results go to `print`, what only a person wants to know goes to `note`. */
export type Terminal = {
  readonly print: (line: string) => void;
  readonly note: (line: string) => void;
  /** Whether colour may be used in `print`. */
  readonly colour: boolean;
};

/** The process's own terminal. Each line is written at once, so that a pipe sees it even if the command is killed next. */
export const createTerminal = (): Terminal => ({
  print: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  colour: process.stdout.isTTY && process.env["NO_COLOR"] === undefined,
});
