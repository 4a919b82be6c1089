import { describe, expect, it } from "vitest";
import { runScript } from "../support/run-script.ts";

const load = (...args: string[]) => runScript("proof/load.ts", args);

describe("npm run load", () => {
  it("says with --help how it is called", async () => {
    const { code, stdout } = await load("--help");
    expect(code).toBe(0);
    expect(stdout).toContain("npm run load -- [--minutes N]");
  });

  it.each([
    [["--minutes", "soon"], "--minutes soon: give a number above 0"],
    [["--minutes", "0"], "--minutes 0: give a number above 0"],
    [["--senders", "-1"], "--senders"],
    [["five"], 'Unknown argument "five"'],
  ])("starts nothing when it is called with %j", async (args, why) => {
    const { code, stdout, stderr } = await load(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(why);
  });
});
