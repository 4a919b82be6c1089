import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFunctions } from "../../../infra/build/build-functions.ts";
import { knownErrors, leanSchemas } from "../../../infra/build/lean-schemas.ts";
import { type AwsAnswer, awsError, startAwsServer } from "../../support/aws-server.ts";
import { readSources } from "../../support/source-files.ts";
import { runFunction } from "../support/run-function.ts";

const leanClients = /import (?!type)[^;]*?"@aws-sdk\/client-(?:dynamodb|sqs|secrets-manager)"/g;

it("each error that our code tells apart by its class is known", () => {
  const compared = [...readSources("lambda/**/*.ts").values()]
    .flatMap((text) => [...text.matchAll(leanClients)])
    .flatMap(([statement]) => [...statement.matchAll(/(?<!type )\b\w+(?:Exception|Error)\b/g)])
    .map(([name]) => name)
    .filter((name) => !name.endsWith("ServiceException"));
  expect(compared).toContain("ConditionalCheckFailedException");
  expect(compared.filter((name) => !knownErrors.includes(name))).toEqual([]);
});

const schemas = `const _m = "message";
const _e = "error";
_s_registry.registerError(SQSServiceException$, SQSServiceException);
export var OverLimit$ = [-3, n0, _OL, { [_e]: _c, [_x]: 1 }, [_m], [0]];
n0_registry.registerError(OverLimit$, OverLimit);
`;
const schemasOf = (client: string) =>
  leanSchemas(`/node_modules/@aws-sdk/client-${client}/dist-es/schemas/schemas_0.js`, schemas);

it("forgets the errors of a client that finds them by name, and spells out the names of traits", () => {
  expect(schemasOf("sqs")).not.toContain("registerError(OverLimit$");
  expect(schemasOf("sqs")).toContain("registerError(SQSServiceException$");
  expect(schemasOf("sqs")).toContain("{ error: _c, [_x]: 1 }, [_m], [0]]");
});

it("forgets no error of SNS, whose errors have another name on the wire", () => {
  expect(schemasOf("sns")).toContain("registerError(OverLimit$");
});

describe("a bundle", () => {
  const folder = mkdtempSync(join(tmpdir(), "lean-"));
  beforeAll(() => buildFunctions(join(import.meta.dirname, "../support/functions"), folder));
  afterAll(() => rmSync(folder, { recursive: true }));

  const fail = async (service: string, answer: AwsAnswer): Promise<unknown> => {
    const { config } = await startAwsServer(() => answer);
    const env = {
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_ENDPOINT_URL: config.endpoint,
      AWS_MAX_ATTEMPTS: "2",
    };
    return runFunction(join(folder, "fail-at-aws/index.mjs"), env, `await handler("${service}")`);
  };
  const message = "The message of AWS";
  const refused = { attempts: 1, httpStatusCode: 400 };
  const repeated = { attempts: 2, httpStatusCode: 400 };

  it("tells a failed condition by its class, with the item that stands there", async () => {
    const { status, body } = awsError("ConditionalCheckFailedException");
    const answer = { status: Number(status), body: { ...Object(body), Item: { v: { N: "1" } } } };
    expect(await fail("dynamodb", answer)).toMatchObject({
      name: "ConditionalCheckFailedException",
      message,
      isCondition: true,
      Item: { v: { N: "1" } },
      $metadata: refused,
    });
  });

  it.each([
    ["dynamodb", "ValidationException", refused],
    ["dynamodb", "ResourceNotFoundException", refused],
    ["dynamodb", "ProvisionedThroughputExceededException", repeated],
    ["dynamodb", "ThrottlingException", repeated],
    ["dynamodb", "RequestLimitExceeded", repeated],
    ["dynamodb", "TransactionInProgressException", repeated],
    ["dynamodb", "ReplicatedWriteConflictException", repeated],
    ["dynamodb", "SomethingNew", refused],
    ["secretsmanager", "ResourceNotFoundException", refused],
    ["secretsmanager", "DecryptionFailure", refused],
    ["secretsmanager", "LimitExceededException", repeated],
    ["sqs", "QueueDoesNotExist", refused],
    ["sqs", "OverLimit", refused],
    ["sqs", "RequestThrottled", repeated],
  ])(
    "knows of %s the %s by its name, and sends again what it did",
    async (service, name, $metadata) => {
      expect(await fail(service, awsError(name))).toMatchObject({
        name,
        message,
        $fault: "client",
        $metadata,
        isDynamo: service === "dynamodb",
        isCondition: false,
      });
    },
  );

  it.each(["Wed, 21 Oct 2015 07:28:00 GMT", "some day GMT", "0"])(
    "sends again what is asked for later: %s",
    async (header) => {
      const answer = { ...awsError("ThrottlingException"), headers: { "retry-after": header } };
      expect(await fail("dynamodb", answer)).toMatchObject({ $metadata: repeated });
    },
  );

  it("reads the age of a secret", async () => {
    const secret = { SecretString: "text", CreatedDate: 1_764_540_000.5 };
    expect(await fail("secretsmanager", { body: secret })).toMatchObject({
      SecretString: "text",
      CreatedDate: "2025-11-30T22:00:00.500Z",
    });
  });

  it.each(["dynamodb", "secretsmanager", "sqs"])(
    "sends a call of %s again after an error of the server",
    async (service) => {
      expect(await fail(service, awsError("InternalServerError", 500))).toMatchObject({
        name: "InternalServerError",
        $fault: "server",
        $metadata: { attempts: 2, httpStatusCode: 500 },
      });
    },
  );
});
