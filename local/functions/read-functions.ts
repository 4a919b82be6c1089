import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import type { Endpoints } from "../emulators/local-clients.ts";
import type { AwsCredentials } from "../emulators/request-signature.ts";
import type { ResolvedResource, ResolvedTemplates } from "../templates/resolved-templates.ts";
import type { FunctionDefinition } from "./function-definition.ts";

const FunctionSchema = v.object({
  Handler: v.string(),
  Timeout: v.optional(v.number(), 3),
  MemorySize: v.optional(v.number(), 128),
  RecursiveLoop: v.optional(v.picklist(["Allow", "Terminate"]), "Terminate"),
  Code: v.object({ S3Key: v.string() }),
  Environment: v.optional(
    v.object({ Variables: v.optional(v.record(v.string(), v.string()), {}) }),
    { Variables: {} },
  ),
});

const codeDirectory = (
  { logicalId }: ResolvedResource,
  key: string,
  { assets }: ResolvedTemplates,
) => {
  const directory = assets.get(key.replace(/\.zip$/, ""));
  if (directory === undefined) throw new StartFailure(`The code of ${logicalId} is not an asset.`);
  return directory;
};

const maxEnvironmentBytes = 4_096;

/**
 * Refuses variables that Lambda would refuse at the deployment. It measures their JSON: names, quotes and escapes count,
 * and what the runtime adds does not.
 */
const checkEnvironment = (name: string, variables: Readonly<Record<string, string>>): void => {
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > maxEnvironmentBytes) {
    throw new StartFailure(
      `The environment variables of ${name} have ${bytes} bytes as JSON; Lambda takes at most ${maxEnvironmentBytes}.`,
    );
  }
};

const lambdaVariables = (name: string, handler: string, memory: number, region: string) => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
  AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: "local",
  _HANDLER: handler,
  TZ: ":UTC",
});

/** Where a function reaches the emulators, and what it signs with. */
export type FunctionSurroundings = {
  readonly endpoints: Endpoints;
  readonly credentials: AwsCredentials;
  readonly region: string;
  readonly account: string;
};

const clientVariables = ({ endpoints, credentials }: FunctionSurroundings) => ({
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_DYNAMODB_STREAMS: endpoints.dynamodbStreams,
  AWS_ENDPOINT_URL_SNS: endpoints.sns,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
  AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
});

/**
 * Reads the functions of the templates, with Lambda's own environment variables and the emulators' addresses. Throws
 * StartFailure where Lambda would not take a function.
 */
export const readFunctions = (
  templates: ResolvedTemplates,
  surroundings: FunctionSurroundings,
): readonly FunctionDefinition[] =>
  templates.ofType("AWS::Lambda::Function").map((resource) => {
    const properties = v.parse(FunctionSchema, resource.properties());
    const { Handler, Timeout, MemorySize, RecursiveLoop, Code, Environment } = properties;
    const { region, account } = surroundings;
    const name = resource.ref;
    checkEnvironment(name, Environment.Variables);
    return {
      name,
      arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
      directory: codeDirectory(resource, Code.S3Key, templates),
      handler: Handler,
      timeoutSeconds: Timeout,
      memoryMegabytes: MemorySize,
      allowsLoops: RecursiveLoop === "Allow",
      environment: {
        ...Environment.Variables,
        ...lambdaVariables(name, Handler, MemorySize, region),
        ...clientVariables(surroundings),
      },
    };
  });
