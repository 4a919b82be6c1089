import type { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { removalPolicyOf } from "../settings/removal-policy.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

/** A key of the stage's own for one part of it, rotated yearly; `statement` says who else may use it. */
export const customerKey = (
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
