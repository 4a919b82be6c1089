import { RemovalPolicy } from "aws-cdk-lib";
import type { Settings } from "./settings.ts";

/**
 * What CloudFormation does with a stateful resource that leaves the stack. With `retain` it keeps the resource, except for
 * one that it has just made in a deployment that fails: it would be in the way of the next one.
 */
export const removalPolicyOf = ({
  removalPolicy,
}: Pick<Settings, "removalPolicy">): RemovalPolicy =>
  removalPolicy === "retain" ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
