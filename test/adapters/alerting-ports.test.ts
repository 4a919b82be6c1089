import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { createAlertingPorts } from "../../lambda/adapters/alerting-ports.ts";
import { startAwsServer } from "../support/aws-server.ts";

const names = {
  STATUS_TABLE: "status",
  HISTORY_TABLE: "history",
  LOSSES_TABLE: "losses",
  ALERTS_TABLE: "alerts",
  CONNECTIONS_TABLE: "connections",
  WINDOWS_TABLE: "windows",
  EVALUATION_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/1/evaluation",
  HISTORY_RETENTION_DAYS: 400,
};

it("the ports that two functions share ask each its own table", async () => {
  const { requests, config } = await startAwsServer(() => ({ body: {} }));
  const clients = {
    dynamodb: new DynamoDBClient(config),
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
  };
  const ports = createAlertingPorts(clients, names);
  await ports.readStatusesOfDn("7001");
  await ports.readLossesOfDn("7001", { server: "SIPTS750" });
  await ports.readAlert({ subject: "a subject", number: 1 });
  await ports.readConnection({ server: "SIPTS750", application: "bridge-a" });
  await ports.readWindows(0);
  await ports.requestEvaluation([
    { message: { kind: "release", server: "SIPTS750" }, delaySeconds: 0 },
  ]);
  const asked = requests.map(({ body }) => /"(?:TableName|QueueUrl)":"([^"]+)"/.exec(body)?.[1]);
  expect(asked).toEqual([
    "status",
    "losses",
    "alerts",
    "connections",
    "windows",
    names.EVALUATION_QUEUE_URL,
  ]);
});
