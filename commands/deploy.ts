import { CommandError } from "../bridge/terminal/command-error.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { readSettings, SettingsError } from "../infra/settings/read-settings.ts";
import { resourceName } from "../infra/settings/resource-name.ts";
import type { Settings } from "../infra/settings/settings.ts";
import { readDeployArguments, refuseOptionsTakenByNpm } from "./deploy/deploy-arguments.ts";
import { deployStage } from "./deploy/deploy-stage.ts";
import { createDeployClient, regionOf } from "./deploy/deploy-target.ts";
import { runCdk } from "./deploy/run-cdk.ts";
import { readStackState } from "./deploy/stack-state.ts";

const usage = `npm run deploy -- [--stage NAME] [-c NAME=VALUE …] [options of cdk deploy]
  Deploys both stacks of a stage with "cdk deploy --all". The first time it
  turns the deletion protection on only when everything is there, so that a
  deployment that fails can be repeated.

  --stage NAME    which stage, also as -c stage=NAME; otherwise dev
  -c NAME=VALUE   the other settings: docs/deploying.md
  --profile NAME  whose credentials
  --region NAME   where

  npx cdk deploy --help lists all options.`;

const readStageSettings = (context: Readonly<Record<string, unknown>>) => {
  try {
    return readSettings(context);
  } catch (error) {
    if (error instanceof SettingsError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
};

const refuseTopicElsewhere = ({ alarmTopicArn }: Settings, region: string): void => {
  const [, , , topicRegion] = alarmTopicArn?.split(":") ?? [];
  if (topicRegion !== undefined && topicRegion !== region)
    throw new CommandError(
      `alarmTopicArn is a topic in ${topicRegion}, and the stage is in ${region}: an alarm notifies topics of its own region only`,
    );
};

/** Deploys a stage to AWS. */
const deploy: Command = async ({ args, terminal, signal }) => {
  refuseOptionsTakenByNpm(args, process.env);
  const given = readDeployArguments(args);
  const settings = readStageSettings(given.context);
  const client = createDeployClient(given, process.env);
  const region = await regionOf(client);
  refuseTopicElsewhere(settings, region);
  // The CDK is told the stage and the region, so that it deploys what is looked at here.
  const where = given.forCdk.some((arg) => /^--region(=|$)/.test(arg)) ? [] : ["--region", region];
  const cdkArguments = [...given.forCdk, "-c", `stage=${settings.stage}`, ...where];
  return deployStage({
    settings,
    terminal,
    readDataStackState: () => readStackState(client, resourceName(settings, "data")),
    deploy: (...more) => runCdk(["deploy", "--all", ...cdkArguments, ...more], signal),
  });
};

if (import.meta.main) await runCommand(usage, deploy, { interruptible: true });
