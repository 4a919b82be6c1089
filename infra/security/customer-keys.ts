import { Aws } from "aws-cdk-lib";
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { removalPolicyOf } from "../settings/removal-policy.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * A customer-managed key for the tables. Like the AWS-managed one, it serves every principal of this account that may use
 * the tables, and only through DynamoDB: so no function needs a permission on the key.
 */
export const tablesKey = (scope: Construct, settings: Settings): Key =>
  customerKey(
    scope,
    settings,
    "tables",
    new PolicyStatement({
      sid: "ThroughDynamoDB",
      principals: [new AnyPrincipal()],
      actions: [
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:ReEncrypt*",
        "kms:GenerateDataKey*",
        "kms:DescribeKey",
        "kms:CreateGrant",
      ],
      resources: ["*"],
      conditions: {
        StringEquals: {
          "kms:CallerAccount": Aws.ACCOUNT_ID,
          "kms:ViaService": `dynamodb.${Aws.REGION}.amazonaws.com`,
        },
      },
    }),
  );

/**
 * The key of the topics. It is always customer-managed: the policy of alias/aws/sns cannot be changed, and shuts out
 * CloudWatch alarms.
 */
export const topicsKey = (scope: Construct, settings: Settings): Key =>
  customerKey(
    scope,
    settings,
    "topics",
    new PolicyStatement({
      sid: "AlarmsOfThisAccount",
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );

/** The stage's own key for one part of it, rotated every year; `statement` says who else may use it. */
const customerKey = (
  scope: Construct,
  settings: Settings,
  part: "tables" | "topics",
  statement: PolicyStatement,
): Key => {
  const key = new Key(scope, "Key", {
    alias: resourceName(settings, part),
    description: `Encrypts the ${part} of ${resourceName(settings)}`,
    enableKeyRotation: true,
    removalPolicy: removalPolicyOf(settings),
  });
  key.addToResourcePolicy(statement);
  return key;
};
