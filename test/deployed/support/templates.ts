import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { TemplateJson } from "../../infra/support/releases.ts";
import type { Emulator } from "./emulator.ts";
import { clientFor } from "./stage.ts";

/** How a stack has come out of a deployment: its status, and what failed, in words. */
export type Deployed = { readonly status: string; readonly failures: readonly string[] };

/** Deploys templates as they are, with CloudFormation alone. */
export type TemplateDeployer = {
  /** Creates or updates a stack, and resolves when that, or its rollback, is over. */
  readonly deploy: (StackName: string, template: TemplateJson) => Promise<Deployed>;
  readonly statusOf: (StackName: string) => Promise<string>;
  /** A stack's outputs by name. */
  readonly outputsOf: (StackName: string) => Promise<Readonly<Record<string, string>>>;
};

/** A deployer that hands templates over in this bucket: a request has no room for large ones. */
export const createTemplateDeployer = (emulator: Emulator, Bucket: string): TemplateDeployer => {
  const cloudFormation = new CloudFormationClient(clientFor(emulator));
  const s3 = new S3Client({ ...clientFor(emulator), forcePathStyle: true });
  const exists = new Set<string>();

  const describe = async (StackName: string) => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    const [{ StackStatus = "", Outputs = [] } = {}] = Stacks;
    return { status: StackStatus, outputs: Outputs };
  };
  const failuresOf = async (StackName: string, token: string) => {
    const { StackEvents = [] } = await cloudFormation.send(
      new DescribeStackEventsCommand({ StackName }),
    );
    return StackEvents.filter(
      ({ ClientRequestToken, ResourceStatus = "" }) =>
        ClientRequestToken === token && ResourceStatus.endsWith("_FAILED"),
    ).map(({ ResourceStatusReason = "" }) => ResourceStatusReason);
  };
  const start = async (StackName: string, template: TemplateJson, ClientRequestToken: string) => {
    const Key = `${StackName}.template.json`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(template) }));
    const request = {
      StackName,
      TemplateURL: `${emulator.url}/${Bucket}/${Key}`,
      Capabilities: ["CAPABILITY_NAMED_IAM" as const],
      ClientRequestToken,
    };
    if (exists.has(StackName)) {
      await cloudFormation.send(new UpdateStackCommand(request));
      return;
    }
    await cloudFormation.send(new CreateStackCommand(request));
    exists.add(StackName);
  };
  const statusOf = async (StackName: string) => (await describe(StackName)).status;

  return {
    deploy: async (StackName, template) => {
      const token = randomUUID();
      try {
        await start(StackName, template, token);
      } catch (error) {
        // As the CDK takes it: the stack is what it should be.
        if (!String(error).includes("No updates are to be performed")) throw error;
      }
      while (/_IN_PROGRESS$/.test(await statusOf(StackName))) await sleep(100);
      return { status: await statusOf(StackName), failures: await failuresOf(StackName, token) };
    },
    statusOf,
    outputsOf: async (StackName) => {
      const { outputs } = await describe(StackName);
      return Object.fromEntries(
        outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
      );
    },
  };
};
