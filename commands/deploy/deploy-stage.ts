import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { isProtected, type Settings } from "../../infra/settings/settings.ts";
import type { Deployed } from "./is-deployed.ts";

/** What deploying a stage works with. */
export type DeployContext = {
  readonly settings: Pick<
    Settings,
    "stage" | "removalPolicy" | "deletionProtection" | "alarmEmail" | "alarmTopicArn"
  >;
  /** Whether the data stack has been deployed before; one whose creation failed has not. */
  readonly isDeployed: () => Promise<Deployed>;
  /** Runs `cdk deploy` with the person's arguments and these; resolves to its exit code. */
  readonly deploy: (...more: readonly string[]) => Promise<number>;
  readonly terminal: Terminal;
};

const sayWhoHears = ({ settings, terminal }: DeployContext): void => {
  const { stage, alarmEmail, alarmTopicArn } = settings;
  if (alarmEmail !== undefined || alarmTopicArn !== undefined) return;
  terminal.note(
    "warning: no alarm of this stage reaches a person, as neither alarmEmail nor alarmTopicArn is set. Set one of them, or subscribe when the stage is there:",
  );
  terminal.noteCommand(
    `  npm run subscribe -- --topic operations --email YOU@EXAMPLE.ORG --stage ${stage}`,
  );
};

const sayItFailed = ({ settings, terminal }: DeployContext): void =>
  terminal.note(
    `The first deployment of stage ${settings.stage} failed. CloudFormation takes back what it has made. Correct the cause that the CDK printed above, then run the same command again. More: docs/first-deployment.md`,
  );

const sayItIsUnknown = ({ settings, terminal }: DeployContext): void =>
  terminal.note(
    `warning: these credentials may not see (cloudformation:DescribeStacks) whether stage ${settings.stage} is there. It is deployed with its deletion protection; for a first deployment add -c deletionProtection=off, and deploy again without it afterwards.`,
  );

/**
 * Deploys a stage; resolves to the exit code. The first time it deploys without deletion protection, so that CloudFormation
 * can take back a deployment that fails, and turns the protection on once everything is there (ADR 0020).
 */
export const deployStage = async (context: DeployContext): Promise<number> => {
  const { settings, isDeployed, deploy, terminal } = context;
  sayWhoHears(context);
  if (!isProtected(settings)) return deploy();
  const deployed = await isDeployed();
  if (deployed === "unknown") sayItIsUnknown(context);
  if (deployed !== "no") return deploy();
  const code = await deploy("-c", "deletionProtection=off");
  if (code !== 0) sayItFailed(context);
  // It may also have been prepared only, or refused by the person.
  if (code !== 0 || (await isDeployed()) !== "yes") return code;
  terminal.note(`Stage ${settings.stage} is there. Now its deletion protection is turned on.`);
  return deploy();
};
