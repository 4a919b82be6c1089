import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { startThroughNpm } from "../support/through-npm.ts";

const commandOf = (body: string): readonly string[] => [
  "--input-type=module",
  "-e",
  `import { runCommand } from ${JSON.stringify(pathToFileURL(resolve("bridge/terminal/run-command.ts")))};
  await runCommand("usage", async ({ terminal, signal }) => { ${body} }, { interruptible: true });`,
];

it("comes to its end when it was busy while Ctrl-C ended it and npm", async () => {
  // Node's timers come before the signals that arrived meanwhile: the end of npm is seen before its own Ctrl-C.
  const busy = commandOf(`
    await new Promise(setImmediate);
    terminal.print("busy");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
    await new Promise((done) => setTimeout(done, 500));
    terminal.print(signal.aborted ? "came to its end" : "saw nothing");
    return 0;`);
  const npm = startThroughNpm(...busy);
  const printed = text(npm.stdout);
  await once(npm.stdout, "data");
  process.kill(-(npm.pid ?? expect.unreachable()), "SIGINT");
  expect(await printed).toBe("busy\ncame to its end\n");
});

it("is told by the first Ctrl-C, and ended by the second", async () => {
  const stubborn = commandOf(`
    setInterval(() => undefined, 1_000);
    signal.addEventListener("abort", () => terminal.print("told"));
    terminal.print("begun");
    await new Promise(() => undefined);`);
  const command = spawn(process.execPath, stubborn, { stdio: ["ignore", "pipe", "ignore"] });
  for (const printed of ["begun\n", "told\n"]) {
    const [chunk] = await once(command.stdout, "data");
    expect(String(chunk)).toBe(printed);
    command.kill("SIGINT");
  }
  expect(await once(command, "exit")).toEqual([130, null]);
});
