import type { AssemblyStack } from "./cloud-assembly.ts";
import { noValue } from "./intrinsics.ts";
import type { StackLocation } from "./physical-ids.ts";

/** The values of the parameters that CloudFormation itself gives a template of this stack, by name. */
export const pseudoParameters = (
  { name }: Pick<AssemblyStack, "name">,
  location: StackLocation,
): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ["AWS::Region", location.region],
    ["AWS::AccountId", location.account],
    ["AWS::Partition", "aws"],
    ["AWS::URLSuffix", "amazonaws.com"],
    ["AWS::StackName", name],
    ["AWS::StackId", `arn:aws:cloudformation:${location.region}:${location.account}:stack/${name}`],
    ["AWS::NoValue", noValue],
  ]);
