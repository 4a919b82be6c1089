import { readFileSync, statSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PublishCommand } from "@aws-sdk/client-sns";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EngineSearch } from "../../local/emulators/dynamodb-engine.ts";
import { findDynamoDbLocal } from "../../local/emulators/dynamodb-local.ts";
import { findDynoxide } from "../../local/emulators/dynoxide.ts";
import { createLocalClients, type LocalClients } from "../../local/emulators/local-clients.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { invokedWith } from "../support/stream-records.ts";
import { writeTinyAssembly } from "../support/tiny-assembly.ts";

// Fails from the first record whose id begins with "poison", prints the others.
const stream = `export const handler = async ({ Records }) => {
  for (const { dynamodb } of Records) {
    const id = dynamodb.NewImage.id.S;
    if (id.startsWith("poison")) {
      return { batchItemFailures: [{ itemIdentifier: dynamodb.SequenceNumber }] };
    }
    console.log("taken " + id);
  }
  return { batchItemFailures: [] };
};`;
const api = `export const handler = async ({ rawPath, body }) => {
  if (rawPath === "/throw") throw new Error("broken");
  if (rawPath === "/large") return "x".repeat(6_291_555);
  if (rawPath === "/slow") await new Promise((resolve) => setTimeout(resolve, 3000));
  return { greeting: process.env.GREETING, region: process.env.REGION, bytes: body?.length ?? 0 };
};`;
const mapping = {
  BatchSize: 4,
  BisectBatchOnFunctionError: true,
  MaximumRetryAttempts: 1,
  FilterCriteria: {
    Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"changed":{"BOOL":[true]}}}}' }],
  },
};

const sdk = ({ description: { credentials, region } }: LocalStack, endpoint: string) => ({
  endpoint,
  region,
  credentials,
});

const canRun = (find: () => EngineSearch) => find().kind !== "missing";

describe.each([
  { engine: "dynoxide", isHere: canRun(findDynoxide) },
  { engine: "dynamodb-local", isHere: canRun(findDynamoDbLocal) },
])("a stack out of a template, on $engine", ({ engine, isHere }) => {
  let stack: LocalStack;
  let clients: LocalClients;
  beforeAll(async () => {
    if (!isHere) return;
    const assembly = await mkdtemp(join(tmpdir(), "tiny-"));
    writeTinyAssembly(assembly, { api, stream }, mapping);
    stack = await startLocalStack({ args: ["--assembly", assembly, "--engine", engine] });
    clients = createLocalClients(stack.description.endpoints, stack.description.region);
  });
  afterAll(() => (isHere ? stack.stop() : undefined));
  const functionLog = () => readFileSync(join(stack.directory, ".local/functions.log"), "utf8");
  const put = (id: string, changed: boolean) =>
    clients.dynamodb.send(
      new PutItemCommand({
        TableName: stack.description.tables.status,
        Item: { id: { S: id }, changed: { BOOL: changed } },
      }),
    );
  it.runIf(isHere)("serves the routes with the functions' own environment", async () => {
    const response = await fetch(`${stack.url}/any/path`, { method: "POST", body: "12345" });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ greeting: "hello", region: "us-east-1", bytes: 5 });
  });

  it.runIf(isHere).each([
    ["/throw", 500, "Internal Server Error"],
    ["/slow", 503, "Service Unavailable"],
    ["/large", 500, "Internal Server Error"],
    ["/a%25zz", 400, "Bad Request"],
  ])("answers %s with %d", async (path, status, message) => {
    const response = await fetch(`${stack.url}${path}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ message });
  });

  it.runIf(isHere)("says in a line that an answer was too large", () => {
    expect(stack.output()).toMatch(/^.*tiny-api failed: .*Function\.ResponseSizeTooLarge.*$/m);
  });

  it.runIf(isHere)("answers what no route takes with 404, and a browser with a page", async () => {
    const nowhere = await fetch(stack.url, { method: "POST" });
    expect(nowhere.status).toBe(404);
    expect(await nowhere.json()).toEqual({ message: "Not Found" });
    const page = await fetch(stack.url);
    expect(page.headers.get("content-type")).toContain("text/html");
  });

  it.runIf(isHere)("refuses more than 10 MB", async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    const response = await fetch(`${stack.url}/any`, { method: "POST", body });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ message: "Request Entity Too Large" });
  });

  it.runIf(isHere)(
    "delivers the table's changes to the function in order, without what the filter stops",
    async () => {
      const ids = Array.from({ length: 10 }, (_, index) => `item-${index}`);
      for (const [index, id] of ids.entries()) await put(id, index !== 5);
      const taken = () => [...functionLog().matchAll(/taken (item-\d+)/g)].map(([, id]) => id);
      await expect.poll(taken).toHaveLength(9);
      expect(taken()).toEqual(ids.filter((id) => id !== "item-5"));
    },
  );

  it.runIf(isHere)("keeps a poisonous record in the bucket and continues after it", async () => {
    for (const id of ["before", "poison", "after"]) await put(id, true);
    await expect.poll(functionLog).toContain("taken after");
    const Bucket = stack.description.buckets.failedStreamBatches;
    const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents).toHaveLength(1);
    const Key = Contents[0]?.Key ?? "";
    expect(Key).toMatch(/^aws\/lambda\/[0-9a-f-]{36}\/shardId-[^/]+\/\d{4}\/\d\d\/\d\d\/.+$/);
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket, Key }));
    const kept: { payload: string } = JSON.parse((await Body?.transformToString()) ?? "");
    expect(invokedWith(kept.payload)).toHaveLength(1);
    expect(kept.payload).toContain('"poison"');
    expect(stack.output()).toContain(`kept as s3://${Bucket}/${Key}`);
  });

  it.runIf(isHere)("writes the messages of the alert topic to a file", async () => {
    const { topics, alertsFile } = stack.description;
    const publish = new PublishCommand({ TopicArn: topics.alerts, Message: '{"id":\n"a"}' });
    await clients.sns.send(publish);
    await expect.poll(() => readFileSync(alertsFile, "utf8")).toBe('{"id": "a"}\n');
  });

  it.runIf(isHere)("finds secrets by name and by ARN, and accepts new values", async () => {
    const client = new SecretsManagerClient(sdk(stack, stack.description.endpoints.secretsManager));
    const read = async (SecretId: string) =>
      (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
    const { bridge, secrets } = stack.description;
    expect(await read(secrets.bridgeKeys)).toContain(bridge.key);
    const put = new PutSecretValueCommand({ SecretId: "tiny/tokens", SecretString: "new" });
    await client.send(put);
    expect(await read(secrets.readerTokens)).toBe("new");
    await expect(read("tiny/none")).rejects.toThrow(/can't find the specified secret/);
  });

  it.runIf(isHere)("invokes functions as Lambda does", async () => {
    const client = new LambdaClient(sdk(stack, stack.description.endpoints.lambda));
    const invoke = (FunctionName: string, payload: unknown) =>
      client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) }));
    const answer = await invoke(stack.description.functions.fanout, { Records: [] });
    expect(answer.Payload?.transformToString()).toBe('{"batchItemFailures":[]}');
    expect((await invoke("tiny-api", { rawPath: "/throw" })).FunctionError).toBe("Unhandled");
    await expect(invoke("unknown", {})).rejects.toThrow(/Function not found/);
  });

  it.runIf(isHere)("has queues", async () => {
    const QueueUrl = stack.description.queues.rejectedEvents;
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  });

  it.runIf(isHere)("says what it cannot run, and lets only its owner read its keys", () => {
    expect(stack.output()).toContain("Mail: a subscription by email");
    expect(statSync(join(stack.directory, ".local/stack.json")).mode & 0o777).toBe(0o600);
  });
});
