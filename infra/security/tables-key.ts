import { Aws } from "aws-cdk-lib";
import { AnyPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Settings } from "../settings/settings.ts";
import { customerKey } from "./customer-keys.ts";

/**
 * A customer-managed key for the tables. Like the AWS-managed one, it serves whoever in this account may use the
 * tables, and only through DynamoDB: so no function needs a permission of its own on it.
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
