import { rmSync } from "node:fs";
import { Template } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { createApp } from "../../../infra/app.ts";
import { maxEnvironmentBytes } from "../../../infra/functions/environment-size.ts";
import { SettingsError } from "../../../infra/settings/read-settings.ts";

const VariablesSchema = v.object({
  Environment: v.object({ Variables: v.record(v.string(), v.unknown()) }),
});
const JoinSchema = v.object({ "Fn::Join": v.tuple([v.string(), v.array(v.unknown())]) });
const OutputSchema = v.object({ "Fn::GetStackOutput": v.unknown() });

// A real account in the region with the longest name.
const values: Readonly<Record<string, string>> = {
  "AWS::Region": "ap-southeast-1",
  "AWS::AccountId": "111122223333",
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "amazonaws.com",
};
const stage = "a-stage-of-twenty-ch";
const secretArn = `arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:dn-registration-${stage}/reader-tokens-AbCdEf`;

const deployedValue = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (v.is(OutputSchema, value)) return secretArn;
  if (v.is(JoinSchema, value)) return value["Fn::Join"][1].map(deployedValue).join("");
  return values[v.parse(v.object({ Ref: v.string() }), value).Ref] ?? "";
};

/** The bytes of each function's variables as Lambda counts them after a deployment. */
const deployedBytes = (context: Readonly<Record<string, unknown>>): number[] => {
  const { app, service } = createApp({
    context: { stage, ...context },
    code: (name) => Code.fromInline(`// ${name}`),
  });
  const functions = Template.fromStack(service).findResources("AWS::Lambda::Function");
  rmSync(app.outdir, { recursive: true, force: true });
  return Object.values(functions).map(({ Properties }) => {
    const { Variables } = v.parse(VariablesSchema, Properties).Environment;
    const deployed = Object.entries(Variables).map(([name, value]) => [name, deployedValue(value)]);
    return Buffer.byteLength(JSON.stringify(Object.fromEntries(deployed)));
  });
};

/** So many hold-downs; Lambda counts two bytes for each of their quotation marks. */
const holdDowns = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ server: `SIPTS${index}`, seconds: 60 }));

describe("the environment of a function", () => {
  it("fits Lambda with every rule at its default", () => {
    expect(Math.max(...deployedBytes({}))).toBeLessThan(maxEnvironmentBytes / 2);
  });

  it("is refused at synthesis as soon as it might not fit, and not long before", () => {
    const fits = (count: number): boolean => {
      try {
        expect(
          Math.max(...deployedBytes({ alerts: { holdDowns: holdDowns(count) } })),
        ).toBeLessThan(maxEnvironmentBytes);
        return true;
      } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        return false;
      }
    };
    let [most, tooMany] = [0, 200];
    while (tooMany - most > 1) {
      const middle = Math.floor((most + tooMany) / 2);
      if (fits(middle)) most = middle;
      else tooMany = middle;
    }
    const bytes = deployedBytes({ alerts: { holdDowns: holdDowns(most) } });
    expect(Math.max(...bytes)).toBeGreaterThan(maxEnvironmentBytes - 250);
  });

  it("is refused with the function, the size and what to shorten", () => {
    const synthesize = () => deployedBytes({ alerts: { holdDowns: holdDowns(100) } });
    expect(synthesize).toThrow(SettingsError);
    expect(synthesize).toThrow(/too long for \w+.*have \d{4} bytes.*takes 4096.*"alerts"/);
  });

  it("counts the runbook's address, and letters beyond ASCII by their bytes", () => {
    const runbookUrl = `https://wiki.example.org/${"é".repeat(1_000)}`;
    expect(() => deployedBytes({ runbookUrl, alerts: { holdDowns: holdDowns(30) } })).toThrow(
      /too long for fanout/,
    );
  });
});
