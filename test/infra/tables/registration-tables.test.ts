import { describe, expect, it } from "vitest";
import { synthesize } from "../support/synthesize.ts";

const parts = ["status", "history", "losses", "alerts", "connections", "windows"];
const stage = synthesize();
const table = (name: string) => stage.one("AWS::DynamoDB::GlobalTable", name);

describe("registration tables", () => {
  it.each(parts)("keep %s on demand, restorable, encrypted and protected", (part) => {
    expect(table(`dn-registration-dev-${part}`)).toMatchObject({
      deletionPolicy: "RetainExceptOnCreate",
      properties: {
        BillingMode: "PAY_PER_REQUEST",
        SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    });
  });

  it("key a status by DN and server, and stream both of its images", () => {
    expect(table("dn-registration-dev-status").properties).toMatchObject({
      KeySchema: [
        { AttributeName: "ThisDN", KeyType: "HASH" },
        { AttributeName: "server", KeyType: "RANGE" },
      ],
      StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
    });
  });

  it("index lists by keys only, so that a refresh writes no index", () => {
    const index = (IndexName: string, partitionKey: string) => ({
      IndexName,
      KeySchema: [
        { AttributeName: partitionKey, KeyType: "HASH" },
        { AttributeName: "changedKey", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" },
    });
    expect(table("dn-registration-dev-status").properties["GlobalSecondaryIndexes"]).toEqual([
      index("byServerState", "serverState"),
      index("byState", "state"),
    ]);
  });

  it("let events of the history expire", () => {
    expect(table("dn-registration-dev-history").properties).toMatchObject({
      KeySchema: [
        { AttributeName: "ThisDN", KeyType: "HASH" },
        { AttributeName: "eventKey", KeyType: "RANGE" },
      ],
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
    });
  });
});

describe("registration tables of a stage that may be destroyed, with a key of its own", () => {
  const destroyable = synthesize({
    stage: "trial",
    removalPolicy: "destroy",
    encryption: "customer-managed",
  });

  it.each(parts)("give up %s with the stack", (name) => {
    const fact = destroyable.one("AWS::DynamoDB::GlobalTable", `dn-registration-trial-${name}`);
    expect(fact).toMatchObject({
      deletionPolicy: "Delete",
      properties: { Replicas: [{ DeletionProtectionEnabled: false }] },
    });
  });

  it("encrypt all with a rotated key that serves this account through DynamoDB only", () => {
    const key = destroyable
      .all("AWS::KMS::Key")
      .find(({ properties }) => JSON.stringify(properties).includes("ThroughDynamoDB"));
    expect(key).toMatchObject({
      properties: {
        EnableKeyRotation: true,
        KeyPolicy: {
          Statement: [
            {},
            {
              Condition: {
                StringEquals: {
                  "kms:CallerAccount": "AWS::AccountId",
                  "kms:ViaService": "dynamodb.AWS::Region.amazonaws.com",
                },
              },
            },
          ],
        },
      },
    });
    const encrypted = destroyable.all("AWS::DynamoDB::GlobalTable");
    expect(encrypted).toHaveLength(parts.length);
    for (const { properties } of encrypted) {
      expect(properties).toMatchObject({
        Replicas: [{ SSESpecification: { KMSMasterKeyId: key?.name } }],
      });
    }
  });
});
