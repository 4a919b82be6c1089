import type { Template } from "aws-cdk-lib/assertions";
import * as v from "valibot";

const PropertiesSchema = v.record(v.string(), v.unknown());
const TemplateSchema = v.object({
  Resources: v.record(
    v.string(),
    v.looseObject({
      Type: v.string(),
      Properties: v.optional(PropertiesSchema, {}),
      DeletionPolicy: v.optional(v.string()),
    }),
  ),
  Outputs: v.optional(
    v.record(
      v.string(),
      v.looseObject({
        Value: v.unknown(),
        Export: v.optional(v.object({ Name: v.string() })),
      }),
    ),
    {},
  ),
});
type TemplateJson = v.InferOutput<typeof TemplateSchema>;

/** A resource with every reference in it replaced by the name of what it refers to. */
export type ResourceFact = {
  readonly name: string;
  readonly type: string;
  readonly deletionPolicy: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** What the stacks say, readable: a test compares names instead of intrinsic functions. */
export type StackFacts = {
  readonly resources: readonly ResourceFact[];
  readonly outputs: Readonly<Record<string, unknown>>;
};

const nameProperties: Readonly<Record<string, string>> = {
  "AWS::DynamoDB::GlobalTable": "TableName",
  "AWS::SNS::Topic": "TopicName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::SecretsManager::Secret": "Name",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::CloudWatch::Alarm": "AlarmName",
  "AWS::ApiGatewayV2::Route": "RouteKey",
};

const nameOf = ({ Resources }: TemplateJson, id: string): string => {
  const { Type = "", Properties = {} } = Resources[id] ?? {};
  const name = Properties[nameProperties[Type] ?? ""];
  return v.is(v.string(), name) ? name : id;
};

const ReferenceSchema = v.union([
  v.strictObject({ Ref: v.string() }),
  v.strictObject({ "Fn::GetAtt": v.tuple([v.string(), v.string()]) }),
  v.strictObject({
    "Fn::GetStackOutput": v.strictObject({ StackName: v.string(), OutputName: v.string() }),
  }),
  v.strictObject({ "Fn::Join": v.tuple([v.string(), v.array(v.unknown())]) }),
]);

/** The name in an ARN or address that was put together from it. */
const nameIn = (text: string): string =>
  text.replace(
    /^arn:AWS::Partition:\w+:(?:AWS::Region)?:(?:AWS::AccountId)?:(?:table\/)?|^https:\/\/sqs\.AWS::Region\.AWS::URLSuffix\/AWS::AccountId\//,
    "",
  );

/** The stacks' resources and outputs, with the references in and between them resolved. */
export const stackFacts = (...templates: readonly Template[]): StackFacts => {
  const stacks = templates.map((template) => v.parse(TemplateSchema, template.toJSON()));

  const outputOf = (name: string): unknown => {
    for (const stack of stacks) {
      const output = stack.Outputs[name];
      if (output !== undefined) return resolve(stack, output.Value);
    }
    throw new Error(`no stack has the output ${name}`);
  };

  const resolve = (stack: TemplateJson, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item) => resolve(stack, item));
    const reference = v.safeParse(ReferenceSchema, value);
    if (!reference.success) {
      return v.is(PropertiesSchema, value) ? resolveAll(stack, value) : value;
    }
    if ("Ref" in reference.output) return nameOf(stack, reference.output.Ref);
    if ("Fn::GetStackOutput" in reference.output) {
      return outputOf(reference.output["Fn::GetStackOutput"].OutputName);
    }
    if ("Fn::Join" in reference.output) {
      const [separator, parts] = reference.output["Fn::Join"];
      return nameIn(parts.map((part) => resolve(stack, part)).join(separator));
    }
    const [id, attribute] = reference.output["Fn::GetAtt"];
    return attribute === "Arn" ? nameOf(stack, id) : `${nameOf(stack, id)}.${attribute}`;
  };

  const resolveAll = (stack: TemplateJson, values: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, resolve(stack, value)]));

  return {
    resources: stacks.flatMap((stack) =>
      Object.entries(stack.Resources).map(([id, { Type, Properties, DeletionPolicy }]) => ({
        name: nameOf(stack, id),
        type: Type,
        deletionPolicy: DeletionPolicy,
        properties: resolveAll(stack, Properties),
      })),
    ),
    outputs: Object.assign(
      {},
      ...stacks.map((stack) =>
        Object.fromEntries(
          Object.entries(stack.Outputs).map(([name, { Value }]) => [name, resolve(stack, Value)]),
        ),
      ),
    ),
  };
};
