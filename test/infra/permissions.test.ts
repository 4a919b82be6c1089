import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { synthesize } from "./support/synthesize.ts";

const stage = synthesize();

const OneOrMore = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => [value].flat().toSorted()),
);
const RoleSchema = v.strictObject({
  AssumeRolePolicyDocument: v.looseObject({}),
  // One inline policy, and no managed one beside it: that would be another key.
  Policies: v.strictTuple([
    v.looseObject({
      PolicyDocument: v.looseObject({
        Statement: v.array(
          v.strictObject({ Effect: v.literal("Allow"), Action: OneOrMore, Resource: OneOrMore }),
        ),
      }),
    }),
  ]),
});

const permissionsOf = (name: string): string[] => {
  const lambda = stage.one("AWS::Lambda::Function", `dn-registration-dev-${name}`);
  const role = stage.one("AWS::IAM::Role", String(lambda.properties["Role"]));
  const [{ PolicyDocument }] = v.parse(RoleSchema, role.properties).Policies;
  return PolicyDocument.Statement.flatMap(({ Action, Resource }) =>
    Resource.map((resource) => `${Action.join(", ")} on ${resource}`),
  );
};

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
        "sqs:SendMessage on dn-registration-dev-rejected-events",
        "secretsmanager:GetSecretValue on dn-registration-dev/bridge-keys",
      ],
    ],
    [
      "fanout",
      [
        "sns:Publish on dn-registration-dev-alerts",
        "sns:Publish on dn-registration-dev-changes",
        `kms:Decrypt, kms:GenerateDataKey on ${key}`,
        "sqs:SendMessage on dn-registration-dev-failed-changes",
        "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:ListStreams on dn-registration-dev-status.StreamArn",
        `s3:PutObject on ${bucket}/aws/lambda/*`,
        `s3:ListBucket on ${bucket}`,
      ],
    ],
    [
      "query",
      [
        "dynamodb:BatchGetItem, dynamodb:Query on dn-registration-dev-status",
        "dynamodb:Query on dn-registration-dev-history",
        "dynamodb:Query on dn-registration-dev-status/index/byServerState",
        "dynamodb:Query on dn-registration-dev-status/index/byState",
      ],
    ],
    ["authorize", ["secretsmanager:GetSecretValue on dn-registration-dev/reader-tokens"]],
  ])("let %s do exactly what it does", (name, allowed) => {
    expect(permissionsOf(name)).toEqual([...ofEveryFunction(name), ...allowed]);
  });

  it("come from roles alone: no policy is attached beside them", () => {
    expect(stage.all("AWS::IAM::Policy")).toEqual([]);
    expect(stage.all("AWS::IAM::ManagedPolicy")).toEqual([]);
  });
});
