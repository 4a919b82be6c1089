import { describe, expect, it } from "vitest";
import { synthesize } from "../support/synthesize.ts";

const stage = synthesize();
const statementsOf = (topic: string, { all } = stage): unknown =>
  all("AWS::SNS::TopicPolicy")
    .filter(({ properties }) => JSON.stringify(properties["Topics"]) === JSON.stringify([topic]))
    .map(({ properties }) => properties["PolicyDocument"])[0];

describe("topics", () => {
  const key = stage.one("AWS::KMS::Key");

  it.each(["changes", "alerts", "alert-texts", "operations"])(
    "sign %s with SHA-256, encrypt it with our key and take it over TLS only",
    (part) => {
      const topic = stage.one("AWS::SNS::Topic", `dn-registration-dev-${part}`);
      expect(topic).toMatchObject({
        deletionPolicy: "RetainExceptOnCreate",
        properties: { SignatureVersion: "2", KmsMasterKeyId: key.name },
      });
      expect(statementsOf(topic.name)).toMatchObject({
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          }),
        ]),
      });
    },
  );

  it("name the stage as the sender of texts, in no more than an SMS shows", () => {
    const { properties } = stage.one("AWS::SNS::Topic", "dn-registration-dev-alert-texts");
    expect(properties["DisplayName"]).toBe("DN dev");
  });

  it("let the alarms of this account, and no other's, publish to operations", () => {
    const alarms = {
      Sid: "AlarmsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "AWS::AccountId" } },
    };
    expect(statementsOf("dn-registration-dev-operations")).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({ ...alarms, Action: "sns:Publish" }),
      ]),
    });
    expect(key.properties).toMatchObject({
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: expect.arrayContaining([
          expect.objectContaining({ ...alarms, Action: ["kms:Decrypt", "kms:GenerateDataKey*"] }),
        ]),
      },
    });
  });

  it("let no other account subscribe, and send no mail, unless a setting says so", () => {
    expect(JSON.stringify(stage.all("AWS::SNS::TopicPolicy"))).not.toContain("sns:Subscribe");
    expect(stage.all("AWS::SNS::Subscription")).toEqual([]);
  });
});

describe("topics with subscribers outside and an address for alarms", () => {
  const open = synthesize({
    subscriberAccounts: "111122223333",
    organizationId: "o-a1b2c3d4e5",
    alarmEmail: "operations@example.org",
  });
  const subscribe = (topic: string): unknown[] => [
    expect.objectContaining({
      Effect: "Allow",
      Action: "sns:Subscribe",
      Resource: topic,
      Principal: { AWS: "arn:AWS::Partition:iam::111122223333:root" },
    }),
    expect.objectContaining({
      Effect: "Allow",
      Action: "sns:Subscribe",
      Resource: topic,
      Principal: { AWS: "*" },
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    }),
  ];

  it.each(["changes", "alerts", "alert-texts"].map((part) => `dn-registration-dev-${part}`))(
    "let the named accounts and the organization subscribe to %s",
    (topic) => {
      expect(statementsOf(topic, open)).toMatchObject({
        Statement: expect.arrayContaining(subscribe(topic)),
      });
    },
  );

  it("keep operations for this account, and mail its alarms", () => {
    expect(JSON.stringify(statementsOf("dn-registration-dev-operations", open))).not.toContain(
      "sns:Subscribe",
    );
    expect(open.one("AWS::SNS::Subscription").properties).toEqual({
      TopicArn: "dn-registration-dev-operations",
      Protocol: "email",
      Endpoint: "operations@example.org",
    });
  });
});
