import { describe, expect, it } from "vitest";
import { synthesize } from "./support/synthesize.ts";

const stage = synthesize();
const overTlsOnly = {
  Statement: expect.arrayContaining([
    expect.objectContaining({
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  ]),
};

describe("queues", () => {
  it.each(["rejected-events", "failed-changes", "evaluation", "evaluation-dead-letters"])(
    "keep %s for 14 days, encrypted, over TLS only",
    (part) => {
      const name = `dn-registration-dev-${part}`;
      expect(stage.one("AWS::SQS::Queue", name)).toMatchObject({
        deletionPolicy: "Retain",
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
      deletionPolicy: "Retain",
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
      deletionPolicy: "Retain",
      properties: { SecretString },
    });
  });
});
