import { describe, expect, it } from "vitest";
import { permissionsOf } from "../support/permissions-of.ts";
import { synthesize } from "../support/synthesize.ts";

const stage = synthesize();

const ofEveryFunction = (name: string) => [
  `logs:CreateLogStream, logs:PutLogEvents on /aws/lambda/dn-registration-dev-${name}`,
  "xray:PutTelemetryRecords, xray:PutTraceSegments on *",
];

describe("permissions", () => {
  const bucket = stage.one("AWS::S3::Bucket").name;
  const key = stage.one("AWS::KMS::Key").name;

  it.each([
    [
      "ingest",
      [
        "dynamodb:BatchGetItem, dynamodb:PutItem on dn-registration-dev-status",
        "dynamodb:BatchWriteItem, dynamodb:PutItem on dn-registration-dev-history",
        "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on dn-registration-dev-connections",
        "dynamodb:Query on dn-registration-dev-connections/index/byAll",
        "sqs:SendMessage on dn-registration-dev-evaluation",
        "sqs:SendMessage on dn-registration-dev-rejected-events",
        "secretsmanager:GetSecretValue on dn-registration-dev/bridge-keys",
      ],
    ],
    [
      "fanout",
      [
        "sns:Publish on dn-registration-dev-alert-texts",
        "sns:Publish on dn-registration-dev-alerts",
        "sns:Publish on dn-registration-dev-changes",
        `kms:Decrypt, kms:GenerateDataKey on ${key}`,
        "sqs:SendMessage on dn-registration-dev-evaluation",
        "sqs:SendMessage on dn-registration-dev-failed-changes",
        "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:ListStreams on dn-registration-dev-alerts.StreamArn",
        "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:ListStreams on dn-registration-dev-status.StreamArn",
        `s3:PutObject on ${bucket}/aws/lambda/*`,
        `s3:ListBucket on ${bucket}`,
      ],
    ],
    [
      "query",
      [
        "dynamodb:BatchGetItem, dynamodb:Query on dn-registration-dev-status",
        "dynamodb:Query on dn-registration-dev-connections",
        "dynamodb:Query on dn-registration-dev-history",
        "dynamodb:Query on dn-registration-dev-status/index/byServerState",
        "dynamodb:Query on dn-registration-dev-status/index/byState",
      ],
    ],
    [
      "evaluate",
      [
        "dynamodb:BatchGetItem, dynamodb:PutItem, dynamodb:Query on dn-registration-dev-losses",
        "dynamodb:BatchGetItem, dynamodb:PutItem, dynamodb:Query on dn-registration-dev-status",
        "dynamodb:BatchWriteItem, dynamodb:PutItem on dn-registration-dev-history",
        "dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query on dn-registration-dev-alerts",
        "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query on dn-registration-dev-connections",
        "dynamodb:Query on dn-registration-dev-alerts/index/byDue",
        "dynamodb:Query on dn-registration-dev-connections/index/byAll",
        "dynamodb:Query on dn-registration-dev-losses/index/byAlert",
        "dynamodb:Query on dn-registration-dev-losses/index/byHeld",
        "dynamodb:Query on dn-registration-dev-status/index/byServerState",
        "dynamodb:Query on dn-registration-dev-status/index/byState",
        "dynamodb:Query on dn-registration-dev-windows",
        "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage, sqs:SendMessage on dn-registration-dev-evaluation",
        "secretsmanager:GetSecretValue on dn-registration-dev/bridge-keys",
      ],
    ],
    [
      "operate",
      [
        "dynamodb:BatchGetItem, dynamodb:PutItem, dynamodb:Query on dn-registration-dev-status",
        "dynamodb:BatchWriteItem, dynamodb:PutItem on dn-registration-dev-history",
        "dynamodb:BatchGetItem, dynamodb:Query on dn-registration-dev-losses",
        "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:PutItem on dn-registration-dev-alerts",
        "dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query on dn-registration-dev-connections",
        "dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:Query on dn-registration-dev-windows",
        "dynamodb:Query on dn-registration-dev-alerts/index/byId",
        "dynamodb:Query on dn-registration-dev-alerts/index/byServerStatus",
        "dynamodb:Query on dn-registration-dev-alerts/index/byStatus",
        "dynamodb:Query on dn-registration-dev-losses/index/byAlert",
        "dynamodb:Query on dn-registration-dev-losses/index/byHeld",
        "dynamodb:Query on dn-registration-dev-status/index/byServerState",
        "dynamodb:Query on dn-registration-dev-status/index/byState",
        "sqs:SendMessage on dn-registration-dev-evaluation",
      ],
    ],
    ["authorize", ["secretsmanager:GetSecretValue on dn-registration-dev/reader-tokens"]],
  ])("let %s do exactly what it does", (name, allowed) => {
    expect(permissionsOf(stage, name)).toEqual([...ofEveryFunction(name), ...allowed]);
  });

  it("come from roles alone: no policy is attached beside them", () => {
    expect(stage.all("AWS::IAM::Policy")).toEqual([]);
    expect(stage.all("AWS::IAM::ManagedPolicy")).toEqual([]);
  });
});
