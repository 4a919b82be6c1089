import { join } from "node:path";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import type { ScriptRun } from "../../support/run-script.ts";
import { account, type Emulator, region } from "./emulator.ts";

/** A stage, and what its operator does with it. */
export type Stage = {
  readonly name: string;
  /** The names of its two stacks, in the order of their deployment. */
  readonly stacks: readonly [data: string, service: string];
  readonly bootstrap: () => Promise<ScriptRun>;
  /** `npm run deploy` with these settings besides the stage's own; by default without the validation of the templates. */
  readonly deploy: (
    settings: Readonly<Record<string, unknown>>,
    options?: { readonly validates: boolean },
  ) => Promise<ScriptRun>;
  readonly destroy: (settings: Readonly<Record<string, unknown>>) => Promise<ScriptRun>;
  /** `npm run NAME -- … --stage STAGE`, one of the operating commands. */
  readonly operate: (command: string, ...args: readonly string[]) => Promise<ScriptRun>;
  /** The outputs of both stacks. Throws where one does not exist. */
  readonly outputs: () => Promise<Readonly<Record<string, string>>>;
};

/** A client's settings for the emulator. */
export const clientFor = ({ url }: Emulator) => ({
  endpoint: url,
  region,
  credentials: { accessKeyId: account, secretAccessKey: "test" },
});

const contextOf = (settings: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => [
    "-c",
    `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  ]);

/** A stage of this name, which is not deployed yet. */
export const createStage = (name: string, emulator: Emulator): Stage => {
  const { run, directory } = emulator;
  const stacks = [`dn-registration-${name}-data`, `dn-registration-${name}`] as const;
  const cloudFormation = new CloudFormationClient(clientFor(emulator));
  const quietly = ["--no-notices", "-o", join(directory, "cdk.out")];
  const outputsOf = async (StackName: string) => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return Stacks.flatMap(({ Outputs = [] }) => Outputs).map(
      ({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue] as const,
    );
  };
  return {
    name,
    stacks,
    bootstrap: () => run("npx", "cdk", "bootstrap", `aws://${account}/${region}`, ...quietly),
    deploy: (settings, { validates } = { validates: false }) =>
      run(
        ...["env", `CDK_VALIDATION=${validates}`, "npm", "run", "--silent", "deploy", "--"],
        ...contextOf({ stage: name, ...settings }),
        ...["--require-approval", "never", ...quietly],
      ),
    destroy: (settings) =>
      run(
        ...["env", "CDK_VALIDATION=false", "npx", "cdk", "destroy", "--all", "--force"],
        ...contextOf({ stage: name, ...settings }),
        ...quietly,
      ),
    operate: (command, ...args) =>
      run("npm", "run", "--silent", command, "--", ...args, "--stage", name),
    outputs: async () => Object.fromEntries((await Promise.all(stacks.map(outputsOf))).flat()),
  };
};
