import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { createDeployClient, regionOf } from "../../commands/deploy/deploy-target.ts";
import { readStackState, type StackState } from "../../commands/deploy/stack-state.ts";
import { type AwsAnswer, startAwsServer } from "../support/aws-server.ts";

describe("the account and region of a deployment", () => {
  const keys = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret" };
  const of = async (
    given: { profile?: string; region?: string },
    environment: Readonly<Record<string, string>>,
  ) => {
    const { profile, region } = given;
    const client = createDeployClient({ profile, region }, { ...keys, ...environment });
    const { accessKeyId } = await client.config.credentials();
    return { region: await regionOf(client), accessKeyId };
  };

  it.each([
    [{ AWS_DEFAULT_REGION: "eu-central-1" }, "eu-central-1"],
    [{ AWS_DEFAULT_REGION: "eu-central-1", AMAZON_REGION: "eu-west-2" }, "eu-west-2"],
    [{ AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-central-1" }, "eu-west-1"],
    [{ AWS_REGION: "", AWS_DEFAULT_REGION: "eu-central-1" }, "eu-central-1"],
  ])("are those that the CDK finds in %j", async (environment, region) => {
    expect(await of({}, environment)).toEqual({ region, accessKeyId: "AKIA" });
  });

  it("are those of the command line before the environment's", async () => {
    expect(await of({ region: "eu-south-1" }, { AWS_REGION: "eu-west-1" })).toMatchObject({
      region: "eu-south-1",
    });
  });

  it("are those of the keys, not of the profile that the environment names", async () => {
    const environment = { AWS_REGION: "eu-west-1", AWS_PROFILE: "other" };
    expect(await of({}, environment)).toMatchObject({ accessKeyId: "AKIA" });
  });
});

describe("a stack", () => {
  const isIt = async (answer: AwsAnswer) => {
    const { config } = await startAwsServer(() => answer);
    return readStackState(new CloudFormationClient(config), "s");
  };
  const inState = (status: string): AwsAnswer => ({
    body: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>s</StackName><CreationTime>2026-12-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  });
  const failing = (code: string, message: string): AwsAnswer => ({
    status: 400,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  });

  it.each<[string, StackState]>([
    ["CREATE_COMPLETE", "deployed"],
    ["UPDATE_COMPLETE", "deployed"],
    ["UPDATE_ROLLBACK_COMPLETE", "deployed"],
    ["UPDATE_ROLLBACK_FAILED", "deployed"],
    ["IMPORT_COMPLETE", "deployed"],
    ["CREATE_IN_PROGRESS", "unfinished"],
    ["CREATE_FAILED", "unfinished"],
    ["ROLLBACK_COMPLETE", "unfinished"],
    ["ROLLBACK_FAILED", "unfinished"],
    ["DELETE_FAILED", "unfinished"],
    ["REVIEW_IN_PROGRESS", "absent"],
    ["DELETE_COMPLETE", "absent"],
  ])("that is %s counts as %s", async (status, state) => {
    expect(await isIt(inState(status))).toBe(state);
  });

  it("that does not exist is absent", async () => {
    expect(await isIt(failing("ValidationError", "Stack with id s does not exist"))).toBe("absent");
  });

  it("that the person may not see is unknown", async () => {
    expect(await isIt(failing("AccessDenied", "not authorized"))).toBe("unknown");
  });

  it("of which CloudFormation says nothing is no answer", async () => {
    await expect(isIt(failing("Throttling", "Rate exceeded"))).rejects.toThrow("Rate exceeded");
  });
});
