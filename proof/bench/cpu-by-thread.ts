import { readdirSync, readFileSync } from "node:fs";

const readOr = (file: string, text: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return text;
  }
};

/** Clock ticks of user and system in a line of /proc/PID/task/TID/stat; the name before them may hold blanks. */
export const ticksIn = (stat: string): number => {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
};

/** The CPU that a process has used so far, in clock ticks by the names of its threads. Empty where there is no /proc. */
export const cpuByThread = (pid: number): ReadonlyMap<string, number> => {
  const used = new Map<string, number>();
  const directory = `/proc/${pid}/task`;
  for (const thread of threadsIn(directory)) {
    const name = readOr(`${directory}/${thread}/comm`, "gone").trim();
    const ticks = ticksIn(readOr(`${directory}/${thread}/stat`, ""));
    used.set(name, (used.get(name) ?? 0) + ticks);
  }
  return used;
};

const threadsIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
};
