import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCdk } from "../../commands/deploy/run-cdk.ts";

describe("the CDK's command line", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "run-cdk-"));
    vi.stubEnv("PATH", `${folder}:/usr/bin:/bin`);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  /** Puts a script on the path as `cdk`. */
  const install = async (script: string) => {
    await writeFile(join(folder, "cdk"), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, "cdk"), 0o700);
  };
  const log = () => readFile(join(folder, "log"), "utf8");

  it("gets the arguments, and its exit code is the result", async () => {
    await install(`echo "$@" > ${folder}/log; exit 3`);
    expect(await runCdk(["deploy", "-c", "a=b c"], new AbortController().signal)).toBe(3);
    expect(await log()).toBe("deploy -c a=b c\n");
  });

  it("is asked to end, and waited for until it has", async () => {
    const ending = new AbortController();
    await install(`trap 'sleep 0.3; echo ended > ${folder}/log; exit 5' INT
      echo started > ${folder}/log
      while :; do sleep 0.05; done`);
    const run = runCdk([], ending.signal);
    await expect.poll(() => log().catch(() => "")).toBe("started\n");
    ending.abort();
    expect(await run).toBe(5);
    expect(await log()).toBe("ended\n");
  });

  it("that was killed is no success", async () => {
    await install("kill -9 $$");
    expect(await runCdk([], new AbortController().signal)).toBe(130);
  });

  it("that is not installed is an error that says what to do", async () => {
    await expect(runCdk([], new AbortController().signal)).rejects.toThrow("run npm ci");
  });
});
