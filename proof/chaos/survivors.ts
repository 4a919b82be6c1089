import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Check } from "./check.ts";

const attempts = 20;

// A process that works in the directory, or got it as an argument.
const isOf = (directory: string, pid: string): boolean => {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return command.includes(directory) || readlinkSync(`/proc/${pid}/cwd`).startsWith(directory);
  } catch {
    return false;
  }
};

/** The processes that work in a directory, or got it as an argument: none where there is no /proc. */
export const survivorsOf = (directory: string): string[] =>
  process.platform === "linux"
    ? readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isOf(directory, pid))
    : [];

/** Looks whether a process of a round is still there, from Linux' /proc. */
export const findSurvivors = async (directory: string): Promise<Check> => {
  for (let attempt = 0; attempt < attempts && survivorsOf(directory).length > 0; attempt += 1)
    await wait(250);
  const left = survivorsOf(directory);
  return {
    name: "no process is left",
    isGood: left.length === 0,
    found: left.length === 0 ? "none" : `processes ${left.join(", ")}`,
  };
};
