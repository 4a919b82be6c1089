import { readFileSync } from "node:fs";
import { Validations } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { everySetting } from "./support/every-setting.ts";
import { synthesize } from "./support/synthesize.ts";

describe.each([
  ["by default", {}],
  ["with every setting", everySetting],
])("a stage %s", (_, settings) => {
  const { app } = synthesize(settings, { validates: true });

  // Its writers: AwsSolutions and Serverless of cdk-nag, the CDK itself, and CloudFormation's schemas.
  it("leaves no finding in the validation report", () => {
    const report = readFileSync(`${app.outdir}/validation-report.json`, "utf8");
    expect(JSON.parse(report)).toMatchObject({ pluginReports: [] });
  });

  it("acknowledges findings with a reason, at the construct that has them", () => {
    const acknowledged = app.node
      .findAll()
      .flatMap(({ node }) => node.metadata.map((entry) => ({ ...entry, path: node.path })))
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    expect(acknowledged).not.toEqual([]);
    for (const { data, path } of acknowledged) {
      // Deeper than a stack: an acknowledgement there would hide findings to come.
      expect(path).toMatch(/\/.+/);
      for (const reason of Object.values(data)) expect(reason).toMatch(/^.{30,}$/);
    }
  });
});
