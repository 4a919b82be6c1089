import { type CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";

// In these states a stack is being made for the first time, or what was made is being taken back.
const notYet = /^(REVIEW_IN_PROGRESS|CREATE_IN_PROGRESS|CREATE_FAILED|ROLLBACK_|DELETE_)/;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && /does not exist/.test(error.message);

// The CDK works with roles of its own, so a person who may deploy need not be allowed to ask.
const isDenied = (error: unknown): boolean =>
  error instanceof Error && /^AccessDenied/.test(error.name);

/** Whether a stack has been deployed completely at least once; `unknown` where the person may not see it. */
export type Deployed = "yes" | "no" | "unknown";

/** Asks CloudFormation about a stack. Throws when it gives no answer. */
export const isStackDeployed = async (
  client: CloudFormationClient,
  stackName: string,
): Promise<Deployed> => {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const status = Stacks?.[0]?.StackStatus ?? "";
    return status === "" || notYet.test(status) ? "no" : "yes";
  } catch (error) {
    if (isMissing(error)) return "no";
    if (isDenied(error)) return "unknown";
    throw error;
  }
};
