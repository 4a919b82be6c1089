import { spawn } from "node:child_process";
import { once } from "node:events";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CommandError } from "../bridge/terminal/command-error.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { resourceName } from "../infra/settings/resource-name.ts";
import { readSettings, SettingsError } from "../infra/settings/settings.ts";
import { readDeployArguments, refuseOptionsTakenByNpm } from "./deploy/deploy-arguments.ts";
import { deployStage } from "./deploy/deploy-stage.ts";
import { isStackDeployed } from "./deploy/is-deployed.ts";

const usage = `npm run deploy -- [-c NAME=VALUE …] [options of cdk deploy]
  Deploys both stacks of a stage with "cdk deploy --all". The first time it
  turns the deletion protection on only when everything is there, so that a
  deployment that fails can be repeated.

  -c stage=NAME   which stage; otherwise dev
  -c NAME=VALUE   the other settings: docs/deploying.md
  --profile NAME  whose credentials

  npx cdk deploy --help lists all options.`;

const readStageSettings = (context: Readonly<Record<string, unknown>>) => {
  try {
    return readSettings(context);
  } catch (error) {
    if (error instanceof SettingsError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
};

const runCdk = async (args: readonly string[], signal: AbortSignal): Promise<number> => {
  // A Ctrl-C in the terminal reaches the CDK by itself; the signal is for the end of npm.
  const cdk = spawn("cdk", [...args], { stdio: "inherit", signal, killSignal: "SIGINT" });
  cdk.once("error", () => undefined);
  const [code]: unknown[] = await once(cdk, "close");
  return typeof code === "number" ? code : 130;
};

/** Deploys a stage to AWS. */
const deploy: Command = async ({ args, terminal, signal }) => {
  refuseOptionsTakenByNpm(args, process.env);
  const { context, profile, region } = readDeployArguments(args);
  const settings = readStageSettings(context);
  const client = new CloudFormationClient({
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
  });
  return deployStage({
    settings,
    terminal,
    isDeployed: () => isStackDeployed(client, resourceName(settings, "data")),
    deploy: (...more) => runCdk(["deploy", "--all", ...args, ...more], signal),
  });
};

if (import.meta.main) await runCommand(usage, deploy, { interruptible: true });
