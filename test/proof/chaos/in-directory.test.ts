import { existsSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inDirectory, type Work } from "../../../proof/chaos/in-directory.ts";
import { NotPossible } from "../../../proof/chaos/not-possible.ts";

const good = { name: "something", isGood: true, found: "it" };
const never = new Promise<never>(() => undefined);

/** Does a work; answers its directory, whether that is still there, what was ended, and what came of it. */
const run = async (end: Work, controller = new AbortController()) => {
  const said: string[] = [];
  const ended: string[] = [];
  let directory = "";
  const audience = { say: (line: string) => said.push(line), signal: controller.signal };
  const work: Work = (own, shutdown) => {
    directory = own;
    shutdown.add(() => ended.push("a process"));
    return end(own, shutdown);
  };
  const [result] = await Promise.allSettled([inDirectory(audience, work)]);
  const isKept = existsSync(directory);
  rmSync(directory, { recursive: true, force: true });
  return { result, isKept, ended, said: said.map((line) => line.replace(directory, "DIR")) };
};

describe("a work in a directory of its own", () => {
  it("leaves nothing where everything is good", async () => {
    const { result, isKept, ended } = await run(async () => [good]);
    expect(result).toMatchObject({ status: "fulfilled" });
    expect({ isKept, ended }).toEqual({ isKept: false, ended: ["a process"] });
  });

  it("says which processes were left as one of the checks", async () => {
    const { result } = await run(async () => [good]);
    expect(result).toMatchObject({ value: [good, { name: "no process is left", isGood: true }] });
  });

  it.each<[string, Work]>([
    ["something is wrong", async () => [{ ...good, isGood: false }]],
    ["it fails", () => Promise.reject(new Error("no"))],
  ])("leaves the directory, and says where, when %s", async (_, work) => {
    const { isKept, ended, said } = await run(work);
    expect({ isKept, ended }).toEqual({ isKept: true, ended: ["a process"] });
    expect(said).toEqual(["the directory is kept: DIR"]);
  });

  it("leaves nothing where it cannot be done here", async () => {
    const { result, isKept, said } = await run(() => Promise.reject(new NotPossible("no disk")));
    expect(result).toMatchObject({ status: "rejected", reason: { message: "no disk" } });
    expect({ isKept, said }).toEqual({ isKept: false, said: [] });
  });

  it("ends everything and leaves nothing when it is interrupted, before or in the middle", async () => {
    const controller = new AbortController();
    const running = run(() => never, controller);
    controller.abort();
    const outcomes = [await running, await run(() => never, controller)];
    for (const { result, isKept, ended } of outcomes) {
      expect(result).toMatchObject({ status: "rejected" });
      expect({ isKept, ended }).toEqual({ isKept: false, ended: ["a process"] });
    }
  });
});
