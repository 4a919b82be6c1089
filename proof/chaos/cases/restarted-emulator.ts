import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { toCheck } from "../check.ts";
import { NotPossible } from "../not-possible.ts";
import { listenToStack } from "../stack-log.ts";
import type { ChaosCase } from "./chaos-case.ts";

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
};

// The engine that keeps its tables in the directory, not the shell that guards it.
const findEngine = (directory: string): number | undefined => {
  if (process.platform !== "linux")
    throw new NotPossible("finding the emulator needs /proc of Linux");
  const pids = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid));
  const found = pids.find((pid) => {
    const command = commandOf(pid);
    return command.includes(`${directory}/data`) && /^[^\0]*(dynoxide|java)\0/.test(command);
  });
  return found === undefined ? undefined : Number(found);
};

/** DynamoDB's emulator is killed under load, and comes back with the stack. */
export const restartedEmulator: ChaosCase = {
  name: "restarted-emulator",
  expected: "the stack says which and ends within 5 s; started again with --data, nothing is lost",
  mood: "faulty",
  play: async ({ lives, directory, deliveries, send }) => {
    const sending = send(deliveries);
    const isSaid = listenToStack(directory);
    await wait(2000);
    const engine = findEngine(directory);
    if (engine !== undefined) process.kill(engine, "SIGKILL");
    const since = Date.now();
    const life = lives.current();
    while (!life.isOver() && Date.now() - since < 10_000) await wait(50);
    const seconds = (Date.now() - since) / 1000;
    const said = isSaid("has ended, so the local stack ends too") ? [] : ["it does not say why"];
    await lives.restart();
    await sending;
    const late = life.isOver() && seconds < 5 ? [] : [`not after ${seconds} s`];
    const found = engine === undefined ? ["no emulator was found"] : [];
    return [toCheck("the stack ends with it", [...found, ...late, ...said], `after ${seconds} s`)];
  },
};
