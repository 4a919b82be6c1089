import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRetriesOf } from "../../../local/functions/asynchronous-invocation.ts";
import { loadCloudAssembly } from "../../../local/templates/cloud-assembly.ts";
import { resolveTemplates } from "../../../local/templates/resolved-templates.ts";
import { writeTinyAssembly } from "../../support/tiny-assembly.ts";

const place = {
  region: "us-east-1",
  account: "000000000000",
  queueBaseUrl: "http://127.0.0.1:1",
  apiUrl: "http://127.0.0.1:1",
};
const config = {
  Type: "AWS::Lambda::EventInvokeConfig",
  Properties: {
    FunctionName: { Ref: "onceFunction" },
    Qualifier: "$LATEST",
    MaximumRetryAttempts: 0,
  },
};
const code = "export const handler = async () => null;";

describe("how often a failed invocation that nobody waits for is repeated", () => {
  const assembly = writeTinyAssembly(
    mkdtempSync(join(tmpdir(), "retries-")),
    { api: code, stream: code },
    {},
    { functions: { once: code }, resources: { Config: config } },
  );
  const retriesOf = createRetriesOf(resolveTemplates(loadCloudAssembly(assembly), place));

  it.each([
    ["tiny-once", 0],
    ["arn:aws:lambda:us-east-1:000000000000:function:tiny-once", 0],
    ["tiny-api", 2],
  ])("is, for %s, %d times", (address, expected) => {
    expect(retriesOf(address)).toBe(expected);
  });
});
