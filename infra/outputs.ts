import { CfnOutput, type Stack } from "aws-cdk-lib";

/** Publishes the stack's outputs under exactly these names: the local run and the operating commands look them up. */
export const publishOutputs = (stack: Stack, outputs: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
};
