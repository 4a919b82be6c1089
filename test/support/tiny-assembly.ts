import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The code of the tiny app's functions, ES modules that export `handler`. */
export type TinyCode = {
  readonly api: string;
  readonly stream: string;
};
/** What a test adds to the service's stack: functions by name (resource `<name>Function`), and any resources. */
export type TinyAdditions = {
  readonly functions: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, unknown>>;
};
const ref = (logicalId: string) => ({ Ref: logicalId });
const attribute = (logicalId: string, name: string) => ({ "Fn::GetAtt": [logicalId, name] });
const output = (Value: unknown) => ({ Value });

const stackArtifact = (templateFile: string) => ({
  type: "aws:cloudformation:stack",
  environment: "aws://unknown-account/unknown-region",
  properties: { templateFile },
});

const dataTemplate = {
  Resources: {
    Table: {
      Type: "AWS::DynamoDB::GlobalTable",
      Properties: {
        TableName: "tiny-table",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
      },
    },
    Key: { Type: "AWS::KMS::Key", Properties: { KeyPolicy: {} } },
    Alerts: {
      Type: "AWS::SNS::Topic",
      Properties: { TopicName: "tiny-alerts", KmsMasterKeyId: attribute("Key", "Arn") },
    },
    Mail: {
      Type: "AWS::SNS::Subscription",
      Properties: { TopicArn: ref("Alerts"), Protocol: "email", Endpoint: "a@example.com" },
    },
    Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "tiny-queue" } },
    Bucket: { Type: "AWS::S3::Bucket", Properties: {} },
    Keys: { Type: "AWS::SecretsManager::Secret", Properties: { Name: "tiny/keys" } },
    Tokens: { Type: "AWS::SecretsManager::Secret", Properties: { Name: "tiny/tokens" } },
  },
  Outputs: {
    StreamExport: {
      Value: attribute("Table", "StreamArn"),
      Export: { Name: { "Fn::Join": ["", [ref("AWS::StackName"), ":Stream"]] } },
    },
    BucketExport: { Value: attribute("Bucket", "Arn"), Export: { Name: "tiny-data:Bucket" } },
    StatusTable: output(ref("Table")),
    HistoryTable: output(ref("Table")),
    LossesTable: output(ref("Table")),
    AlertsTable: output(ref("Table")),
    ConnectionsTable: output(ref("Table")),
    WindowsTable: output(ref("Table")),
    ChangesTopic: output(ref("Alerts")),
    AlertsTopic: output(ref("Alerts")),
    AlertTextsTopic: output(ref("Alerts")),
    OperationsTopic: output(ref("Alerts")),
    RejectedEventsQueue: output(ref("Queue")),
    FailedChangesQueue: output(ref("Queue")),
    EvaluationQueue: output(ref("Queue")),
    EvaluationDeadLettersQueue: output(ref("Queue")),
    FailedStreamBatchesBucket: output(ref("Bucket")),
    BridgeKeysSecret: output(ref("Keys")),
    ReaderTokensSecret: output(ref("Tokens")),
  },
};

const lambda = (name: string, variables: Readonly<Record<string, unknown>>) => ({
  Type: "AWS::Lambda::Function",
  Properties: {
    FunctionName: `tiny-${name}`,
    Handler: "index.handler",
    Timeout: 1,
    Code: { S3Bucket: "assets", S3Key: `${name}.zip` },
    Environment: { Variables: variables },
  },
});

const serviceTemplate = (mapping: Readonly<Record<string, unknown>>, additions: TinyAdditions) => ({
  Resources: {
    ...Object.fromEntries(
      Object.keys(additions.functions).map((name) => [`${name}Function`, lambda(name, {})]),
    ),
    ...additions.resources,
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "tiny", ProtocolType: "HTTP" } },
    Integration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: ref("Api"),
        IntegrationType: "AWS_PROXY",
        IntegrationUri: attribute("ApiFunction", "Arn"),
        PayloadFormatVersion: "2.0",
      },
    },
    Route: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        ApiId: ref("Api"),
        RouteKey: "ANY /{proxy+}",
        Target: { "Fn::Join": ["/", ["integrations", ref("Integration")]] },
      },
    },
    ApiFunction: lambda("api", { GREETING: "hello", REGION: ref("AWS::Region") }),
    StreamFunction: lambda("stream", {}),
    Mapping: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: {
        EventSourceArn: { "Fn::ImportValue": "tiny-data:Stream" },
        FunctionName: ref("StreamFunction"),
        StartingPosition: "TRIM_HORIZON",
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        DestinationConfig: {
          OnFailure: { Destination: { "Fn::ImportValue": "tiny-data:Bucket" } },
        },
        ...mapping,
      },
    },
  },
  Outputs: {
    FanoutFunction: output(ref("StreamFunction")),
    EvaluateFunction: output(ref("StreamFunction")),
    ApiUrl: output(attribute("Api", "ApiEndpoint")),
  },
});

/** Writes a cloud assembly as CDK does: two stacks, the service's stack importing from the data's, and two functions. */
export const writeTinyAssembly = (
  directory: string,
  code: TinyCode,
  mapping: Readonly<Record<string, unknown>> = {},
  additions: TinyAdditions = { functions: {}, resources: {} },
): string => {
  const sources = { ...code, ...additions.functions };
  for (const [name, source] of Object.entries(sources)) {
    mkdirSync(join(directory, `asset.${name}`), { recursive: true });
    writeFileSync(join(directory, `asset.${name}/index.mjs`), source);
  }
  const write = (file: string, content: unknown) =>
    writeFileSync(join(directory, file), JSON.stringify(content));
  write("tiny-data.template.json", dataTemplate);
  write("tiny.template.json", serviceTemplate(mapping, additions));
  write("tiny.assets.json", {
    files: Object.fromEntries(
      Object.keys(sources).map((name) => [name, { source: { path: `asset.${name}` } }]),
    ),
  });
  write("manifest.json", {
    artifacts: {
      "tiny-data": stackArtifact("tiny-data.template.json"),
      "tiny.assets": { type: "cdk:asset-manifest", properties: { file: "tiny.assets.json" } },
      tiny: stackArtifact("tiny.template.json"),
    },
  });
  return directory;
};
