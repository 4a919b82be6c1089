import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBridge } from "./support/bridge-process.ts";

const script = join(import.meta.dirname, "../../bridge/main.ts");
// More than a pipe holds, and than one look takes.
const count = 8_000;
const lines = Array.from({ length: count }, (_, dn) => `{"ThisDN":"${dn}"}\n`).join("");
const summary = `${count} events would be sent, 0 not readable`;

describe.concurrent("what can be read once only", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "pipes-"));
    writeFileSync(join(folder, "x.ndjson"), lines);
    writeFileSync(join(folder, "x.gz"), gzipSync(lines));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a line of bash in the folder, where `dry` is the bridge that shows what it would send. */
  const bash = async (command: string) => {
    const dry = `dry() { "${process.execPath}" "${script}" --dry-run "$@"; }; ${command}`;
    const child = spawn("bash", ["-c", dry], {
      cwd: folder,
      env: {},
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { events: out.match(/ \? \?$/gm)?.length ?? 0, out, err, code };
  };
  const fifo = (name: string): string => {
    const path = join(folder, name);
    execFileSync("mkfifo", [path]);
    return path;
  };

  it.each([
    ["standard input by its name", "cat x.ndjson | dry /dev/stdin"],
    ["a process substitution", "dry <(cat x.ndjson)"],
    ["a compressed process substitution", "dry <(cat x.gz)"],
    ["a file that the shell opened", "dry /dev/fd/5 5<x.ndjson"],
    [
      "a FIFO with writers one after the other",
      "mkfifo a; (exec 3>a; head -n 5000 x.ndjson >&3; tail -n +5001 x.ndjson > a) & dry a",
    ],
  ])("is read whole: %s", async (_, command) => {
    const run = await bash(command);
    expect(run.err).toBe("");
    expect([run.events, run.code]).toEqual([count, 0]);
    expect(run.out).toContain(summary);
  });

  it("may be empty, which is said", async () => {
    const { out, err, code } = await bash("mkfifo b; (sleep 1; : > b) & dry b <(:) -");
    expect(err).toMatch(/^b is empty\n\/dev\/fd\/\d+ is empty\nstdin is empty\n$/);
    expect([out, code]).toEqual(["0 events would be sent, 0 not readable\n", 0]);
  });

  it("is an error where it cannot be read", async () => {
    const { err, code } = await bash("dry /dev/fd/77 - x.ndjson <. >&2; mkfifo c; dry c c");
    expect(err).toContain("/dev/fd/77 is not open here");
    expect(err).toContain("stdin is a folder");
    expect(err).not.toContain("is empty");
    expect(err).toContain(summary);
    expect(err).toContain("c was given twice: it can be read once");
    expect(code).toBe(1);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("is waited for until %s", async (signal) => {
    const none = fifo(signal);
    const first = join(folder, `first-${signal}`);
    writeFileSync(first, '{"ThisDN":"1"}\n');
    const to = ["--url", "http://127.0.0.1:9", "--spool", join(folder, `spool-${signal}`)];
    const bridges = [startBridge(["--dry-run", first, none]), startBridge([...to, first, none])];
    const hasBegun = (): boolean =>
      bridges.every(({ stdout, stderr }) => /\?|again in/.test(stdout() + stderr()));
    await expect.poll(hasBegun, { timeout: 30_000 }).toBe(true);
    for (const bridge of bridges) bridge.process.kill(signal);
    expect(await Promise.all(bridges.map(({ exit }) => exit))).toEqual([130, 130]);
  });
});
