// guard.ts DIRECTORY PROGRAM [ARGUMENT…]
// Runs a program in a process group of its own. Kills the whole group when the program ends, or when the guard's input
// ends, which it does however the test has died. Then removes the directory, unless its name is empty.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";

const [directory = "", program = "", ...args] = process.argv.slice(2);
const child = spawn(program, args, { detached: true, stdio: ["ignore", "inherit", "inherit"] });

const killGroup = () => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // There is nothing left in the group.
  }
};

const finish = (code: number) => {
  killGroup();
  if (directory !== "") {
    // What other guards are killing at this moment may still write there.
    rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  process.exitCode = code;
  process.stdin.destroy();
};

child.once("error", ({ message }) => {
  process.stderr.write(`${message}\n`);
  finish(127);
});
child.once("exit", (code) => finish(code ?? 1));
process.stdin.once("end", killGroup).resume();
