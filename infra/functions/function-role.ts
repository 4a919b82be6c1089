import { Validations } from "aws-cdk-lib";
import {
  type IRole,
  PolicyDocument,
  type PolicyStatement,
  Role,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { allow } from "./permissions.ts";

/** A role that may log, trace and do what is allowed here: the CDK cannot add to it. */
export const functionRole = (
  scope: Construct,
  logGroup: ILogGroup,
  allowed: readonly PolicyStatement[],
): IRole => {
  const role = new Role(scope, "Role", {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: {
      Function: new PolicyDocument({
        statements: [
          allow(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]),
          allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"]),
          ...allowed,
        ],
      }),
    },
  });
  const reason = "X-Ray's actions to write traces know no resources.";
  Validations.of(role).acknowledge({ id: "AwsSolutions-IAM5[Resource::*]", reason });
  Validations.of(role).acknowledge({ id: "Serverless-LambdaStarPermissions", reason });
  return role.withoutPolicyUpdates();
};
