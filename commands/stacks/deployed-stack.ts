import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { ResourcesSchema, type Stack } from "./stack.ts";

type Outputs = Readonly<Record<string, string>>;

const resources = (outputs: Outputs) => ({
  url: outputs["ApiUrl"],
  tables: {
    status: outputs["StatusTable"],
    history: outputs["HistoryTable"],
    losses: outputs["LossesTable"],
    alerts: outputs["AlertsTable"],
    connections: outputs["ConnectionsTable"],
    windows: outputs["WindowsTable"],
  },
  topics: {
    changes: outputs["ChangesTopic"],
    alerts: outputs["AlertsTopic"],
    alertTexts: outputs["AlertTextsTopic"],
    operations: outputs["OperationsTopic"],
  },
  queues: {
    rejectedEvents: outputs["RejectedEventsQueue"],
    failedChanges: outputs["FailedChangesQueue"],
    evaluation: outputs["EvaluationQueue"],
    evaluationDeadLetters: outputs["EvaluationDeadLettersQueue"],
  },
  buckets: { failedStreamBatches: outputs["FailedStreamBatchesBucket"] },
  secrets: {
    bridgeKeys: outputs["BridgeKeysSecret"],
    readerTokens: outputs["ReaderTokensSecret"],
  },
  functions: { fanout: outputs["FanoutFunction"] },
  alarmTopic: outputs["AlarmTopic"],
});

const doesNotExist = (error: unknown): boolean =>
  error instanceof Error && /does not exist/.test(error.message);

const readOutputs = async (client: CloudFormationClient, name: string): Promise<Outputs> => {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const outputs = Stacks?.[0]?.Outputs ?? [];
    return Object.fromEntries(
      outputs.map(({ OutputKey, OutputValue }) => [OutputKey ?? "", OutputValue ?? ""]),
    );
  } catch (error) {
    if (!doesNotExist(error)) throw error;
    throw new CommandError(
      `there is no stack ${name} in this account and region: check --stage, AWS_PROFILE and AWS_REGION, or deploy it with npm run deploy`,
      { cause: error },
    );
  }
};

/** The stack of a deployed stage, by the outputs of its two CloudFormation stacks. */
export const readDeployedStack = async (
  stage: string,
  client = new CloudFormationClient(),
): Promise<Stack> => {
  const prefix = `dn-registration-${stage}`;
  const [data, rest] = await Promise.all([
    readOutputs(client, `${prefix}-data`),
    readOutputs(client, prefix),
  ]);
  const parsed = v.safeParse(ResourcesSchema, resources({ ...data, ...rest }));
  if (!parsed.success) {
    const missing = parsed.issues.map((issue) => v.getDotPath(issue)).join(", ");
    throw new CommandError(`${prefix} has no outputs for ${missing}: deploy this version first`);
  }
  return {
    ...parsed.output,
    title: `stage ${stage}`,
    prefix,
    stageOption: ` --stage ${stage}`,
    connections: {
      dynamodb: {},
      sns: {},
      sqs: { useQueueUrlAsEndpoint: false },
      secretsManager: {},
      s3: {},
      lambda: {},
    },
  };
};
