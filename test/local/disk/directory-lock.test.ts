import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimDataDirectory } from "../../../local/disk/data-directory.ts";
import { createShutdown, type Shutdown } from "../../../local/processes/shutdown.ts";

const source = (name: string) => join(import.meta.dirname, "../../../local", name);
/** Claims a directory, says so or why not, and holds it until it is ended. */
const program = `
import { claimDataDirectory } from "${source("disk/data-directory.ts")}";
import { createShutdown } from "${source("processes/shutdown.ts")}";
const [directory, at] = process.argv.slice(1);
while (Date.now() < Number(at)) {}
const word = await claimDataDirectory(directory, createShutdown()).then(() => "won", String);
console.log(word);
if (word === "won") setInterval(() => undefined, 1000);`;

let folder: string;
let data: string;
let shutdown: Shutdown;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  data = join(folder, "data");
  shutdown = createShutdown();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await shutdown.run();
  rmSync(folder, { recursive: true, force: true });
});

const claimElsewhere = (directory: string, at = 0) => {
  const args = ["--input-type=module-typescript", "-e", program, directory, String(at)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const word = once(child.stdout, "data").then(([chunk]) => String(chunk).trim());
  return { child, word };
};

describe("the lock of --data", () => {
  it("is free again when its holder was killed, though the file of the holder is still there", async () => {
    const { child, word } = claimElsewhere(data);
    expect(await word).toBe("won");
    const refusal = await claimDataDirectory(data, shutdown).catch(String);
    expect(refusal).toMatch(/is in use by another local stack \(process \d+, since 20\d\d-/);
    expect(refusal).toContain(`process ${child.pid},`);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(readFileSync(join(data, "lock.json"), "utf8")).toContain(String(child.pid));
    await claimDataDirectory(data, shutdown);
  });

  it("is one for all paths to the directory", async () => {
    mkdirSync(data);
    symlinkSync(data, join(folder, "link"));
    symlinkSync(folder, join(folder, "around"));
    await claimDataDirectory(join(folder, "link"), shutdown);
    for (const path of [data, `${data}/.`, `${data}/../data`, join(folder, "around/link")]) {
      expect(await claimElsewhere(path).word).toContain(`process ${process.pid},`);
    }
  });

  it("is had by exactly one of those who start at the same moment", async () => {
    const at = Date.now() + 1500;
    const words = await Promise.all([1, 2, 3, 4].map(() => claimElsewhere(data, at).word));
    expect(words.filter((word) => word === "won")).toHaveLength(1);
    expect(words.filter((word) => /is in use by another local stack/.test(word))).toHaveLength(3);
  });

  it("does not believe a file: the process id of one that was killed may be another's by now", async () => {
    mkdirSync(data);
    const since = new Date().toISOString();
    writeFileSync(join(data, "lock.json"), JSON.stringify({ pid: process.ppid, since }));
    await claimDataDirectory(data, shutdown);
    expect(readFileSync(join(data, "lock.json"), "utf8")).toContain(String(process.pid));
  });

  it.each(["", "{", '{"pid":"x"}', '{"pid":1}'])(
    "names no process where the holder's file is %j, and is held all the same",
    async (owner) => {
      await claimDataDirectory(data, shutdown);
      writeFileSync(join(data, "lock.json"), owner);
      expect(await claimElsewhere(data).word).toMatch(/in use by another local stack\. Stop/);
    },
  );

  it("is given back by the shutdown", async () => {
    await claimDataDirectory(data, shutdown);
    await shutdown.run();
    expect(await claimElsewhere(data).word).toBe("won");
  });
});
