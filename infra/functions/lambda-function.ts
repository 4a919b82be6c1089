import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  type IRole,
  PolicyDocument,
  type PolicyStatement,
  Role,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Architecture,
  Function as AwsFunction,
  LoggingFormat,
  type RecursiveLoop,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { type ILogGroup, LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { TelemetryEnvironment } from "../../lambda/environment.ts";
import { SettingsError } from "../settings/read-settings.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";
import { environmentBytes, maxEnvironmentBytes } from "./environment-size.ts";
import type { FunctionCode, FunctionName } from "./function-code.ts";
import { allow } from "./permissions.ts";
import { metricsNamespace, serviceDimension } from "./registration-metrics.ts";

const telemetryEnvironment = (settings: Settings): TelemetryEnvironment => ({
  SERVICE_NAME: serviceDimension(settings),
  METRICS_NAMESPACE: metricsNamespace,
});

/** What differs between the functions; `allowed` is all that the function may do besides logging and tracing. */
export type LambdaFunctionProps = {
  readonly settings: Settings;
  readonly name: FunctionName;
  readonly code: FunctionCode;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly allowed: readonly PolicyStatement[];
  /** Lambda's default ends a chain of messages that invokes the function a seventeenth time. */
  readonly recursiveLoop?: RecursiveLoop;
};

/** A function with the defaults of every function: runtime, logs, tracing, and a role that only `allowed` extends. */
export class LambdaFunction extends Construct {
  readonly function: AwsFunction;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const { settings, name, recursiveLoop } = props;
    const functionName = resourceName(settings, name);
    const logGroup = new LogGroup(this, "Logs", {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: settings.logRetentionDays,
      // A named group that outlives its stack would stop the next deployment.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const reserved = settings.reservedConcurrency[name];
    this.function = new AwsFunction(this, "Function", {
      functionName,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: props.code(name),
      memorySize: props.memoryMegabytes,
      timeout: Duration.seconds(props.timeoutSeconds),
      role: functionRole(this, logGroup, props.allowed),
      environment: this.fittingEnvironment(props),
      tracing: Tracing.ACTIVE,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // INFO keeps the REPORT of each call: its duration, its memory, and whether it was a cold start.
      systemLogLevelV2: SystemLogLevel.INFO,
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
      ...(recursiveLoop === undefined ? {} : { recursiveLoop }),
    });
    Validations.of(this.function).acknowledge({
      id: "Serverless-LambdaDLQ",
      reason:
        "API Gateway waits for the answer, streams and queues keep what failed, and the next scheduled run repeats a failed one.",
    });
  }

  /** The variables of the function. Throws SettingsError when there are more than Lambda takes. */
  private fittingEnvironment({ settings, name, environment }: LambdaFunctionProps) {
    const variables = { ...telemetryEnvironment(settings), ...environment };
    const bytes = environmentBytes(this, variables);
    if (bytes <= maxEnvironmentBytes) return variables;
    throw new SettingsError(
      `The settings are too long for ${name}: its environment variables would have ${bytes} bytes, and Lambda takes ${maxEnvironmentBytes}. Shorten "alerts" (holdDowns, watchedBridges) or "runbookUrl".`,
    );
  }
}

/** A role that may log, trace and do what is allowed here: the CDK cannot add to it. */
const functionRole = (
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
  const reason = "X-Ray's actions that write traces cannot be limited to resources.";
  Validations.of(role).acknowledge({ id: "AwsSolutions-IAM5[Resource::*]", reason });
  Validations.of(role).acknowledge({ id: "Serverless-LambdaStarPermissions", reason });
  return role.withoutPolicyUpdates();
};
