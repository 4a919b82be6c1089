import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFunctions } from "../../../local/functions/read-functions.ts";
import { loadCloudAssembly } from "../../../local/templates/cloud-assembly.ts";
import { resolveTemplates } from "../../../local/templates/resolved-templates.ts";
import { writeTinyAssembly } from "../../support/tiny-assembly.ts";

const code = "export const handler = async () => null;";
const credentials = { accessKeyId: "local", secretAccessKey: "secret" };
const place = { region: "us-east-1", account: "000000000000" };
const url = "http://127.0.0.1:1";
const endpoints = {
  ...{ dynamodb: url, dynamodbStreams: url, sns: url, sqs: url },
  ...{ s3: url, secretsManager: url, lambda: url },
};

/** Reads a template with a function `wide` that has these variables. */
const read = (Variables: Readonly<Record<string, string>>) => {
  const wide = {
    Type: "AWS::Lambda::Function",
    Properties: {
      FunctionName: "wide",
      Handler: "index.handler",
      Code: { S3Bucket: "assets", S3Key: "api.zip" },
      Environment: { Variables },
    },
  };
  const assembly = writeTinyAssembly(
    mkdtempSync(join(tmpdir(), "functions-")),
    { api: code, stream: code },
    {},
    { functions: {}, resources: { WideFunction: wide } },
  );
  const templates = resolveTemplates(loadCloudAssembly(assembly), {
    ...place,
    ...{ queueBaseUrl: url, apiUrl: url },
  });
  return readFunctions(templates, { endpoints, credentials, ...place }).find(
    ({ name }) => name === "wide",
  );
};

describe("the environment variables of a function", () => {
  const around = JSON.stringify({ RULES: "" }).length;

  it.each([
    ["plain text", "x".repeat(4_096 - around)],
    ["JSON, whose quotes are escaped", '"'.repeat((4_095 - around) / 2).padEnd(2_042, "x")],
    ["text beyond ASCII", "ü".repeat((4_096 - around) / 2)],
  ])("may be 4,096 bytes as Lambda counts them: %s", (_, RULES) => {
    expect(read({ RULES })?.environment).toMatchObject({ RULES, _HANDLER: "index.handler" });
    expect(() => read({ RULES: `${RULES}xxx` })).toThrow(/wide have 409[789] bytes.*4096/);
  });

  it("that are too many are reported as a failure to start", () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`V${index}`, "12"]));
    expect(() => read(many)).toThrow(
      expect.objectContaining({ name: "StartFailure", message: expect.stringContaining("4096") }),
    );
  });
});
