import { readFileSync } from "node:fs";

const intervalMilliseconds = 250;

/** Whether a process is npm's shell and not npm itself: npm may outlive the program that started it. */
const isShell = (pid: number): boolean => {
  try {
    return /^(ba|da|a|z|k)?sh$/.test(readFileSync(`/proc/${pid}/comm`, "utf8").trim());
  } catch {
    return false;
  }
};

/** From Linux's /proc; undefined on other systems. */
const parentOf = (pid: number): number | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold spaces and brackets: what follows the last one is regular.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
};

/**
 * Calls back once when the process that started us is gone, kill -9 included. npm may have put a shell in between
 * that outlives it, so there the parent's parent is watched too.
 */
export const watchParent = (onGone: () => void, throughNpm: boolean): void => {
  const parent = process.ppid;
  const isBehindShell = throughNpm && isShell(parent);
  const grandparent = parentOf(parent);
  const timer = setInterval(() => {
    const isGone = process.ppid !== parent || (isBehindShell && parentOf(parent) !== grandparent);
    if (!isGone) return;
    clearInterval(timer);
    onGone();
  }, intervalMilliseconds);
  timer.unref();
};
