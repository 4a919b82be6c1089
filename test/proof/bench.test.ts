import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { measurements } from "../../proof/bench/measurements.ts";
import { runScript } from "../support/run-script.ts";

const RowsSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(
    v.strictObject({
      name: v.string(),
      goal: v.string(),
      figure: v.number(),
      min: v.number(),
      max: v.number(),
      pass: v.boolean(),
    }),
  ),
);
const bench = (...args: string[]) => runScript("proof/bench.ts", args);

describe("npm run bench", () => {
  it("prints with --json the rows and nothing else", async () => {
    const { code, stdout, stderr } = await bench("--json", "--only", "bundle-authorize");
    const rows = v.parse(RowsSchema, stdout);
    expect(rows.map(({ name }) => name)).toEqual(["bundle-authorize", "bundle-authorize-gzip"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("prints without it a table for docs/performance.md, and the machine", async () => {
    const { stdout } = await bench("--only", "bundle-authorize-gzip");
    expect(stdout).toContain(`Node ${process.version}`);
    expect(stdout).toMatch(/^\| bundle-authorize-gzip \| .* \| ≤ 69 \| [\d.]+ \| .* \|$/m);
  });

  it("lists what there is when it is asked for what is not", async () => {
    const { code, stdout, stderr } = await bench("--only", "nothing");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("--only nothing: there is no such measurement");
    for (const { name } of measurements) expect(stderr).toContain(name);
  });

  it("takes no other words", async () => {
    expect(await bench("ingest")).toMatchObject({ code: 2, stdout: "" });
  });

  it("has a name of its own for each measurement", () => {
    const names = measurements.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
  });
});
