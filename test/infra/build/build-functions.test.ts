import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, describe, expect, it } from "vitest";
import { buildFunctions } from "../../../infra/build/build-functions.ts";
import { runFunction } from "../support/run-function.ts";
import { synthesize } from "../support/synthesize.ts";

const folder = mkdtempSync(join(tmpdir(), "functions-"));
afterAll(() => rmSync(folder, { recursive: true }));
const names = ["authorize", "evaluate", "fanout", "ingest", "operate", "query"];
const EnvironmentSchema = v.object({ Variables: v.record(v.string(), v.string()) });

describe("the build", async () => {
  await buildFunctions("lambda", join(folder, "lambda"));
  const stage = synthesize();

  it("makes every function that the stack deploys, and no other", () => {
    const deployed = stage.all("AWS::Lambda::Function").map(({ name }) => name);
    expect(deployed.toSorted()).toEqual(names.map((name) => `dn-registration-dev-${name}`));
    expect(readdirSync(join(folder, "lambda")).toSorted()).toEqual(names);
  });

  it.each(names)(
    "makes of %s a module that starts with the variables of the stack",
    async (name) => {
      const { properties } = stage.one("AWS::Lambda::Function", `dn-registration-dev-${name}`);
      const { Variables } = v.parse(EnvironmentSchema, properties["Environment"]);
      const env = {
        AWS_REGION: "eu-central-1",
        AWS_ENDPOINT_URL: "http://127.0.0.1:9",
        ...Variables,
      };
      const file = join(folder, "lambda", name, "index.mjs");
      expect(await runFunction(file, env, "typeof handler")).toBe("function");
    },
  );
});

describe("a built function", async () => {
  const signedBy: unknown[] = [];
  const dynamo = createServer(({ headers }, response) => {
    signedBy.push([headers.authorization, headers["x-amz-security-token"]]);
    response.setHeader("content-type", "application/x-amz-json-1.0");
    response.end('{"TableNames":["status"]}');
  });
  await new Promise<void>((listening) => dynamo.listen(0, "127.0.0.1", listening));
  afterAll(() => dynamo.close());
  await buildFunctions(join(import.meta.dirname, "../support/functions"), join(folder, "support"));

  it("speaks to AWS with the credentials of its environment", async () => {
    const address = v.parse(v.object({ port: v.number() }), dynamo.address());
    const env = {
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "key-of-the-environment",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "session",
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${address.port}`,
    };
    const file = join(folder, "support/list-tables/index.mjs");
    expect(await runFunction(file, env, "await handler()")).toEqual(["status"]);
    expect(signedBy).toEqual([
      [expect.stringContaining("Credential=key-of-the-environment/"), "session"],
    ]);
  });
});
