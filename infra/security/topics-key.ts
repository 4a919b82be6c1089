import { Aws } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Settings } from "../settings/settings.ts";
import { customerKey } from "./customer-keys.ts";

/**
 * The key of the topics. A customer-managed one, because the policy of alias/aws/sns cannot be changed and shuts out
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
