import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A process, and how much of it is in memory. */
export type ProcessRow = {
  readonly pid: number;
  readonly parent: number;
  readonly bytes: number;
};

/** Reads lines of process id, parent's id and kilobytes. */
export const readProcessTable = (text: string): ProcessRow[] =>
  text
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid = Number.NaN, parent = Number.NaN, kilobytes = Number.NaN]) =>
      Number.isNaN(kilobytes) ? [] : [{ pid, parent, bytes: kilobytes * 1024 }],
    );

/** Everything that a process started, and what that started. */
export const descendantsOf = (table: readonly ProcessRow[], ancestor: number): ProcessRow[] => {
  const children = table.filter(({ parent }) => parent === ancestor);
  return [...children, ...children.flatMap(({ pid }) => descendantsOf(table, pid))];
};

/** The processes of this machine now. */
export const processTable = async (): Promise<ProcessRow[]> => {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,rss="]);
  return readProcessTable(stdout);
};
