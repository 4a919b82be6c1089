import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  createRetriesOf,
  invokeAsynchronously,
} from "../../../local/functions/asynchronous-invocation.ts";
import type { Invoke } from "../../../local/functions/invocation-outcome.ts";
import { loadCloudAssembly } from "../../../local/templates/cloud-assembly.ts";
import { resolveTemplates } from "../../../local/templates/resolved-templates.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { writeTinyAssembly } from "../../support/tiny-assembly.ts";

describe("asynchronous invocation", () => {
  it.each([
    [0, 2, 1],
    [1, 2, 2],
    [2, 2, 3],
    [9, 2, 3],
    [9, 1, 2],
    [9, 0, 1],
  ])(
    "with %d failures at first and %d retries invokes %d times",
    async (failures, retries, expected) => {
      let calls = 0;
      const invoke: Invoke = () => {
        calls += 1;
        return Promise.resolve(
          calls > failures
            ? { kind: "answered", payload: "null" }
            : { kind: "failed", reason: "error", payload: "{}" },
        );
      };
      await invokeAsynchronously({ invoke, retries }, "{}", createFakeClock(0));
      expect(calls).toBe(expected);
    },
  );
});

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

describe("the retries of a failed asynchronous invocation", () => {
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
