import { type CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";

/**
 * Whether a stack has been deployed completely at least once (`deployed`), or its first deployment failed or is under way
 * (`unfinished`), or nothing of it has been made (`absent`); `unknown` where the person may not see it.
 */
export type StackState = "deployed" | "unfinished" | "absent" | "unknown";

const toState = (status: string): StackState => {
  if (/^(REVIEW_IN_PROGRESS|DELETE_COMPLETE)?$/.test(status)) return "absent";
  return /^(CREATE_IN_PROGRESS|CREATE_FAILED|ROLLBACK_|DELETE_)/.test(status)
    ? "unfinished"
    : "deployed";
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && /does not exist/.test(error.message);

// The CDK works with roles of its own, so a person who may deploy need not be allowed to ask.
const isDenied = (error: unknown): boolean =>
  error instanceof Error && /^AccessDenied/.test(error.name);

/** Asks CloudFormation about a stack. Throws when it gives no answer. */
export const readStackState = async (
  client: CloudFormationClient,
  stackName: string,
): Promise<StackState> => {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return toState(Stacks?.[0]?.StackStatus ?? "");
  } catch (error) {
    if (isMissing(error)) return "absent";
    if (isDenied(error)) return "unknown";
    throw error;
  }
};
