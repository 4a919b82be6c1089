import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { synthesize } from "./support/synthesize.ts";

const stage = synthesize();
const template = v.parse(
  v.object({
    Resources: v.record(
      v.string(),
      v.looseObject({ Type: v.string(), DependsOn: v.optional(v.array(v.string())) }),
    ),
  }),
  Template.fromStack(Stack.of(stage.app.node.findChild("dn-registration-dev-data"))).toJSON(),
);
const overTlsOnly = {
  Statement: expect.arrayContaining([
    expect.objectContaining({
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  ]),
};

const protectionOf = ({ app, all }: ReturnType<typeof synthesize>) => ({
  stacks: app.node.children
    .filter((child) => Stack.isStack(child))
    .map(({ terminationProtection }) => terminationProtection ?? false),
  tables: all("AWS::DynamoDB::GlobalTable").map(({ properties }) => {
    const { Replicas } = v.parse(TableSchema, properties);
    return Replicas[0].DeletionProtectionEnabled;
  }),
});
const TableSchema = v.object({
  Replicas: v.tuple([v.object({ DeletionProtectionEnabled: v.optional(v.boolean(), false) })]),
});
const sixTimes = (value: boolean) => Array.from({ length: 6 }, () => value);

describe("protection from deletion", () => {
  it("covers the data stack and its tables", () => {
    expect(protectionOf(stage)).toEqual({ stacks: [true, false], tables: sixTimes(true) });
  });

  it.each([{ deletionProtection: "off" }, { removalPolicy: "destroy" }])(
    "is not there with %j: a protected table could not be taken back either",
    (context) => {
      const unprotected = { stacks: [false, false], tables: sixTimes(false) };
      expect(protectionOf(synthesize(context))).toEqual(unprotected);
    },
  );
});

describe("what holds data", () => {
  it("is kept when it leaves the stack, except when its own creation is taken back", () => {
    const stateful =
      /^AWS::(DynamoDB::GlobalTable|SNS::Topic|SQS::Queue|S3::Bucket|KMS::Key)$|Secret$/;
    const resources = Object.values(template.Resources).filter(({ Type }) => stateful.test(Type));
    expect(resources).toHaveLength(6 + 4 + 4 + 1 + 1 + 2);
    for (const resource of resources) {
      expect(resource).toMatchObject({
        DeletionPolicy: "RetainExceptOnCreate",
        UpdateReplacePolicy: "Retain",
      });
    }
  });

  it("is made table by table: DynamoDB refuses several with indexes at once", () => {
    const tables = Object.entries(template.Resources).filter(
      ([, { Type }]) => Type === "AWS::DynamoDB::GlobalTable",
    );
    const waits = new Map(tables.map(([id, { DependsOn }]) => [id, DependsOn ?? []]));
    const madeBefore = (id: string): string[] =>
      (waits.get(id) ?? []).flatMap((other) => [other, ...madeBefore(other)]);
    const made = tables.map(([id]) => new Set(madeBefore(id)).size).toSorted((a, b) => a - b);
    expect(made).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe("queues", () => {
  it.each(["rejected-events", "failed-changes", "evaluation", "evaluation-dead-letters"])(
    "keep %s for 14 days, encrypted, over TLS only",
    (part) => {
      const name = `dn-registration-dev-${part}`;
      expect(stage.one("AWS::SQS::Queue", name)).toMatchObject({
        deletionPolicy: "RetainExceptOnCreate",
        properties: { MessageRetentionPeriod: 14 * 24 * 60 * 60, SqsManagedSseEnabled: true },
      });
      const policies = stage.all("AWS::SQS::QueuePolicy").map(({ properties }) => properties);
      expect(policies).toContainEqual({ Queues: [`${name}`], PolicyDocument: expect.anything() });
      expect(policies.find(({ Queues }) => String(Queues) === name)).toMatchObject({
        PolicyDocument: overTlsOnly,
      });
    },
  );
});

describe("failed stream batches", () => {
  it("stay 90 days in a private, encrypted bucket, over TLS only", () => {
    const bucket = stage.one("AWS::S3::Bucket");
    expect(bucket).toMatchObject({
      deletionPolicy: "RetainExceptOnCreate",
      properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
          ],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: "Enabled" }] },
      },
    });
    expect(stage.one("AWS::S3::BucketPolicy").properties).toMatchObject({
      Bucket: bucket.name,
      PolicyDocument: overTlsOnly,
    });
  });
});

describe("secrets", () => {
  it.each([
    ["dn-registration-dev/bridge-keys", '{"keys":[]}'],
    ["dn-registration-dev/reader-tokens", '{"tokens":[]}'],
  ])("begin %s without an entry, and outlive the stack", (name, SecretString) => {
    expect(stage.one("AWS::SecretsManager::Secret", name)).toMatchObject({
      deletionPolicy: "RetainExceptOnCreate",
      properties: { SecretString },
    });
  });
});
