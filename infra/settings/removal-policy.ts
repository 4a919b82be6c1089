import { RemovalPolicy } from "aws-cdk-lib";
import type { Settings } from "./settings.ts";

/** What CloudFormation does with a stateful resource that leaves the stack. */
export const removalPolicyOf = ({
  removalPolicy,
}: Pick<Settings, "removalPolicy">): RemovalPolicy =>
  removalPolicy === "retain" ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
