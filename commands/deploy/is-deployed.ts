import { type CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";

// In these states a stack is being made for the first time, or what was made is being taken back.
const notYet = /^(REVIEW_IN_PROGRESS|CREATE_IN_PROGRESS|CREATE_FAILED|ROLLBACK_|DELETE_)/;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && /does not exist/.test(error.message);

/** Whether a stack has been deployed completely at least once. Throws when CloudFormation cannot be asked. */
export const isStackDeployed = async (
  client: CloudFormationClient,
  stackName: string,
): Promise<boolean> => {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const status = Stacks?.[0]?.StackStatus ?? "";
    return status !== "" && !notYet.test(status);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
};
