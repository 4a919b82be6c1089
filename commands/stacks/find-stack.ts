import { CommandError } from "../../bridge/terminal/command-error.ts";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
import { readLocalStack } from "./local-stack.ts";
import type { Stack } from "./stack.ts";

/** The option that every operating command has. */
export const stageOption = { stage: { type: "string" } } as const;

/** The deployed stack of the stage, or without a stage the one that runs on this machine. */
export const findStack = async (stage: string | undefined): Promise<Stack> => {
  if (stage === undefined) {
    const stack = await readLocalStack();
    if (stack !== undefined) return stack;
    throw new CommandError(
      "no local stack is running: start it with npm start, or give --stage NAME",
    );
  }
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage))
    throw new UsageError(
      "--stage: a stage's name is a letter, then up to 19 of a-z, 0-9 and dashes",
    );
  // The local stack needs no CloudFormation client: loading it takes a tenth of a second.
  const { readDeployedStack } = await import("./deployed-stack.ts");
  return readDeployedStack(stage);
};
