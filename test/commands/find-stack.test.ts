import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDeployedStack } from "../../commands/stacks/deployed-stack.ts";
import { findStack } from "../../commands/stacks/find-stack.ts";
import { readLocalStack } from "../../commands/stacks/local-stack.ts";

const endpoint = "http://127.0.0.1:1";
const description = {
  url: "http://127.0.0.1:3000/",
  bridge: { name: "bridge-a", key: "whsec_AAAA" },
  readerToken: "dnr_x",
  endpoints: {
    dynamodb: endpoint,
    sns: endpoint,
    sqs: endpoint,
    secretsManager: endpoint,
    s3: endpoint,
    lambda: endpoint,
  },
  credentials: { accessKeyId: "local", secretAccessKey: "secret" },
  region: "us-east-1",
  tables: { status: "s", history: "h", losses: "l", alerts: "al", connections: "co", windows: "w" },
  topics: { changes: "c", alerts: "a", alertTexts: "t", operations: "o" },
  queues: { rejectedEvents: "r", failedChanges: "f", evaluation: "e", evaluationDeadLetters: "d" },
  buckets: { failedStreamBatches: "b" },
  secrets: { bridgeKeys: "k", readerTokens: "t" },
  functions: { fanout: "fan" },
  alertsFile: "/x",
  pid: process.pid,
};

describe("the stack on this machine", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stack-"));
    file = join(folder, "stack.json");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is what its file says", async () => {
    await writeFile(file, JSON.stringify(description));
    expect(await readLocalStack(file)).toMatchObject({
      url: "http://127.0.0.1:3000",
      title: "the local stack",
      stageOption: "",
      local: { readerToken: "dnr_x" },
      connections: {
        sqs: { endpoint, useQueueUrlAsEndpoint: false },
        s3: { forcePathStyle: true },
      },
    });
  });

  it("is not there without the file, or where its process has ended", async () => {
    expect(await readLocalStack(file)).toBeUndefined();
    await writeFile(file, JSON.stringify({ ...description, pid: 2 ** 30 }));
    expect(await readLocalStack(file)).toBeUndefined();
  });

  it("says what to do with a file that cannot be read", async () => {
    await writeFile(file, "{}");
    await expect(readLocalStack(file)).rejects.toThrow("remove the file");
  });
});

const outputs: Readonly<Record<string, string>> = {
  ApiUrl: "https://x.example.org/",
  ChangesTopic: "c",
  AlertsTopic: "a",
  AlertTextsTopic: "t",
  OperationsTopic: "o",
  RejectedEventsQueue: "r",
  FailedChangesQueue: "f",
  EvaluationQueue: "e",
  EvaluationDeadLettersQueue: "d",
  FailedStreamBatchesBucket: "b",
  BridgeKeysSecret: "k",
  ReaderTokensSecret: "t",
  FanoutFunction: "fan",
  StatusTable: "s",
  HistoryTable: "h",
  LossesTable: "l",
  AlertsTable: "al",
  ConnectionsTable: "co",
  WindowsTable: "w",
};

const describeStacks = (name: string, entries: readonly (readonly [string, string])[]): string => {
  const members = entries.map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>${name}</StackName><CreationTime>2026-11-18T06:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
};

describe("the stack of a stage", () => {
  let server: Server;
  let client: CloudFormationClient;
  let stacks: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  beforeEach(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const name = new URLSearchParams(body).get("StackName") ?? "";
        const found = stacks[name];
        response.writeHead(found ? 200 : 400, { "content-type": "text/xml" });
        const message = `Stack with id ${name} does not exist`;
        response.end(
          found
            ? describeStacks(name, found)
            : `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    client = new CloudFormationClient({
      endpoint: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
      region: "eu-west-1",
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
    });
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  it("is what the outputs of its two stacks say", async () => {
    const all = Object.entries(outputs);
    stacks = { "dn-registration-dev-data": all.slice(1), "dn-registration-dev": all.slice(0, 1) };
    expect(await readDeployedStack("dev", client)).toMatchObject({
      url: "https://x.example.org",
      title: "stage dev",
      prefix: "dn-registration-dev",
      stageOption: " --stage dev",
      tables: { status: "s", history: "h", losses: "l", alerts: "al" },
      secrets: { bridgeKeys: "k", readerTokens: "t" },
    });
  });

  it("says that there is none", async () => {
    stacks = {};
    await expect(readDeployedStack("dev", client)).rejects.toThrow(
      /there is no stack dn-registration-dev(-data)? in this account and region/,
    );
  });

  it("says which outputs are missing", async () => {
    const all = Object.entries(outputs);
    stacks = { "dn-registration-dev-data": all.slice(2), "dn-registration-dev": [] };
    await expect(readDeployedStack("dev", client)).rejects.toThrow("url, topics.changes");
  });

  it("is not asked for by a name that cannot be one", async () => {
    await expect(findStack("dev; rm")).rejects.toThrow("--stage:");
  });
});
