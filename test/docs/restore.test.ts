import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { alertsStream, statusStream } from "../../infra/functions/table-stream.ts";
import { synthesize } from "../infra/support/synthesize.ts";

const page = readFileSync("docs/restore.md", "utf8");
const PackageSchema = v.object({ scripts: v.record(v.string(), v.string()) });
const { scripts } = v.parse(PackageSchema, JSON.parse(readFileSync("package.json", "utf8")));
const stacks = synthesize();

describe("docs/restore.md", () => {
  it("names commands and options that are there", () => {
    const calls = [...page.matchAll(/npm run ([a-z]+)((?: --(?= )| --?[a-z-]+| [^\s`]+)*)/g)];
    expect(calls.length).toBeGreaterThan(8);
    for (const [, name = "", rest = ""] of calls) {
      const file = scripts[name]?.replace("node ", "") ?? expect.unreachable(`no npm run ${name}`);
      const source = ["bridge"].includes(name)
        ? readFileSync("bridge/options.ts", "utf8")
        : readFileSync(file, "utf8");
      const options = [...rest.matchAll(/ (--[a-z-]+)/g)].map(([, option = ""]) => option);
      expect(options.filter((option) => !source.includes(option))).toEqual([]);
    }
  });

  it("names what is deployed", () => {
    const names = ["ingest", "operate", "evaluate", "fanout"].map((one) => `$name-${one}`);
    expect(names.filter((name) => !page.includes(name))).toEqual([]);
    const text = JSON.stringify(stacks.all("AWS::Events::Rule"));
    expect(text).toContain("evaluate-every-minute");
    expect(page).toContain("$name-evaluate-every-minute");
  });

  it("makes the mapping of a new stream as the stack makes it", () => {
    const patternOf = ({ newImage }: typeof statusStream) =>
      JSON.stringify({ dynamodb: { NewImage: newImage } });
    expect(page).toContain(JSON.stringify(patternOf(statusStream)));
    expect(page).toContain(patternOf(alertsStream));
    const mapping = JSON.stringify(stacks.all("AWS::Lambda::EventSourceMapping"));
    for (const [option, property, value] of [
      ["batch-size", "BatchSize", 100],
      ["parallelization-factor", "ParallelizationFactor", 1],
      ["maximum-record-age-in-seconds", "MaximumRecordAgeInSeconds", 21_600],
      ["maximum-retry-attempts", "MaximumRetryAttempts", 10_000],
    ]) {
      expect(page).toContain(`--${option} ${value}`);
      expect(mapping).toContain(`"${property}":${value}`);
    }
  });
});
