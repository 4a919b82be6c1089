import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { isProtected, type Settings } from "../../infra/settings/settings.ts";
import type { StackState } from "./stack-state.ts";

/** What deploying a stage works with. */
export type DeployContext = {
  readonly settings: Pick<
    Settings,
    "stage" | "removalPolicy" | "deletionProtection" | "alarmEmail" | "alarmTopicArn"
  >;
  readonly readDataStackState: () => Promise<StackState>;
  /** Runs `cdk deploy` with the person's arguments and these; resolves to its exit code. */
  readonly deploy: (...more: readonly string[]) => Promise<number>;
  readonly terminal: Terminal;
};

const sayWhoHears = ({ settings, terminal }: DeployContext): void => {
  const { stage, alarmEmail, alarmTopicArn } = settings;
  if (alarmEmail !== undefined || alarmTopicArn !== undefined) return;
  terminal.note(
    "warning: neither alarmEmail nor alarmTopicArn is set, so only people who have subscribed hear this stage's alarms:",
  );
  terminal.noteCommand(
    `  npm run subscribe -- --topic operations --email YOU@EXAMPLE.ORG --stage ${stage}`,
  );
};

const sayItIsUnknown = ({ settings, terminal }: DeployContext): void =>
  terminal.note(
    `warning: these credentials may not see (cloudformation:DescribeStacks) whether stage ${settings.stage} is there. It is deployed with its deletion protection; for a first deployment add -c deletionProtection=off, and deploy again without it afterwards.`,
  );

const sayItFailed = ({ settings, terminal }: DeployContext): void =>
  terminal.note(
    `The first deployment of stage ${settings.stage} failed. CloudFormation takes back what it has made. Correct the cause that the CDK printed above, then run the same command again. More: docs/first-deployment.md`,
  );

/**
 * The first deployment: without deletion protection, so that CloudFormation can take it back when it fails, and then again
 * with it. The second run does not depend on what CloudFormation says in between: a stage must not stay unprotected.
 */
const deployFirst = async (context: DeployContext): Promise<number> => {
  const { settings, readDataStackState, deploy, terminal } = context;
  const code = await deploy("-c", "deletionProtection=off");
  const state = await readDataStackState();
  if (code !== 0) {
    // Where nothing has begun, a setting or an argument was wrong: the CDK has said which.
    if (state !== "absent") sayItFailed(context);
    return code;
  }
  // The person had it prepared only.
  if (state === "absent") return code;
  terminal.note(`Stage ${settings.stage} is there. Now its deletion protection is turned on.`);
  return deploy();
};

/** Deploys a stage, in two runs of the CDK the first time (ADR 0020); resolves to the exit code. */
export const deployStage = async (context: DeployContext): Promise<number> => {
  const { settings, readDataStackState, deploy } = context;
  sayWhoHears(context);
  if (!isProtected(settings)) return deploy();
  const state = await readDataStackState();
  switch (state) {
    case "absent":
    case "unfinished":
      return deployFirst(context);
    case "unknown":
      sayItIsUnknown(context);
      return deploy();
    case "deployed":
      return deploy();
  }
};
