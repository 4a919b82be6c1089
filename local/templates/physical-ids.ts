import * as v from "valibot";

/** Where the resources are: the account, the region and the addresses that are part of their identifiers. */
export type StackLocation = {
  readonly region: string;
  readonly account: string;
  readonly queueBaseUrl: string;
  readonly apiUrl: string;
};
/** The values of `Ref` and `Fn::GetAtt` for a resource. */
export type PhysicalId = {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
};
type Naming = (name: string, location: StackLocation) => PhysicalId;

const NamesSchema = v.object({
  TableName: v.optional(v.string()),
  TopicName: v.optional(v.string()),
  QueueName: v.optional(v.string()),
  BucketName: v.optional(v.string()),
  FunctionName: v.optional(v.string()),
  Name: v.optional(v.string()),
});

const arn = (location: StackLocation, service: string, resource: string): string =>
  `arn:aws:${service}:${location.region}:${location.account}:${resource}`;

const table: Naming = (name, location) => ({
  ref: name,
  attributes: { Arn: arn(location, "dynamodb", `table/${name}`) },
});

const namings: Readonly<Record<string, Naming>> = {
  "AWS::DynamoDB::Table": table,
  "AWS::DynamoDB::GlobalTable": table,
  "AWS::SNS::Topic": (name, location) => {
    const topicArn = arn(location, "sns", name);
    return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
  },
  "AWS::SQS::Queue": (name, location) => {
    const url = `${location.queueBaseUrl}/${location.account}/${name}`;
    return {
      ref: url,
      attributes: { Arn: arn(location, "sqs", name), QueueName: name, QueueUrl: url },
    };
  },
  "AWS::S3::Bucket": (name) => {
    const bucket = name.toLowerCase().slice(0, 63);
    return { ref: bucket, attributes: { Arn: `arn:aws:s3:::${bucket}` } };
  },
  "AWS::SecretsManager::Secret": (name, location) => {
    const secretArn = arn(location, "secretsmanager", `secret:${name}-locale`);
    return { ref: secretArn, attributes: { Id: secretArn } };
  },
  "AWS::Lambda::Function": (name, location) => ({
    ref: name,
    attributes: { Arn: arn(location, "lambda", `function:${name}`) },
  }),
  "AWS::Events::Rule": (name, location) => ({
    ref: name,
    attributes: { Arn: arn(location, "events", `rule/${name}`) },
  }),
  // Its ARN also has the name of its group.
  "AWS::Scheduler::Schedule": (name) => ({ ref: name, attributes: {} }),
  "AWS::ApiGatewayV2::Api": (name, location) => ({
    ref: name,
    attributes: { ApiId: name, ApiEndpoint: location.apiUrl },
  }),
};

/** The identifiers that a resource will have, before it exists. Resources that are not run get placeholders. */
export const physicalId = (
  type: string,
  properties: unknown,
  generatedName: string,
  location: StackLocation,
): PhysicalId => {
  const names = v.safeParse(NamesSchema, properties);
  const given = names.success ? Object.values(names.output).find((name) => name !== undefined) : "";
  const naming = namings[type];
  if (naming === undefined) return { ref: generatedName, attributes: {} };
  return naming(given === undefined || given === "" ? generatedName : given, location);
};
