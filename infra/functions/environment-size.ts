import { Stack } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import * as v from "valibot";

/** What Lambda takes: bytes of the JSON of all variables of a function, with everything that JSON escapes. */
export const maxEnvironmentBytes = 4_096;

// The longest that AWS has, with room for a new region: us-gov-west-1 in aws-us-gov, amazonaws.com.cn.
const longest: Readonly<Record<string, number>> = {
  "AWS::Region": 16,
  "AWS::AccountId": 12,
  "AWS::Partition": 12,
  "AWS::URLSuffix": 18,
};
// An output of the data stack: the ARN of a secret at most.
const longestOutput = 160;

const RefSchema = v.object({ Ref: v.string() });
const JoinSchema = v.object({ "Fn::Join": v.tuple([v.literal(""), v.array(v.unknown())]) });

/** A value as long as AWS can make it. */
const asLongAsCanBe = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (v.is(JoinSchema, value)) return value["Fn::Join"][1].map(asLongAsCanBe).join("");
  const length = v.is(RefSchema, value) ? longest[value.Ref] : undefined;
  return "x".repeat(length ?? longestOutput);
};

/** How many bytes Lambda may count for the variables of a function, whatever the account and the region. */
export const environmentBytes = (
  scope: IConstruct,
  variables: Readonly<Record<string, string>>,
): number => {
  const resolved = Object.entries(variables).map(([name, value]) => [
    name,
    asLongAsCanBe(Stack.of(scope).resolve(value)),
  ]);
  return Buffer.byteLength(JSON.stringify(Object.fromEntries(resolved)));
};
