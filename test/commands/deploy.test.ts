import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  readDeployArguments,
  refuseOptionsTakenByNpm,
} from "../../commands/deploy/deploy-arguments.ts";
import { deployStage } from "../../commands/deploy/deploy-stage.ts";
import { type Deployed, isStackDeployed } from "../../commands/deploy/is-deployed.ts";
import { readSettings } from "../../infra/settings/settings.ts";
import { type AwsAnswer, startAwsServer } from "../support/aws-server.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

/** Deploys with these settings; `deployed` says, call by call, whether the stack is there, and `codes` how the CDK ends. */
const play = async (
  context: Readonly<Record<string, string>>,
  deployed: readonly Deployed[],
  codes: readonly number[] = [0, 0],
) => {
  const terminal = createRecordingTerminal();
  const answers = [...deployed];
  const runs: string[] = [];
  const code = await deployStage({
    settings: readSettings({ stage: "prod", alarmEmail: "operations@example.org", ...context }),
    terminal,
    isDeployed: async () => answers.shift() ?? "no",
    deploy: async (...more) => codes[runs.push(more.join(" ")) - 1] ?? 0,
  });
  return { code, runs, noted: terminal.noted.join("\n") };
};
const unprotected = "-c deletionProtection=off";

describe("a deployment", () => {
  it("of a new stage protects it only when everything is there", async () => {
    expect(await play({}, ["no", "yes"])).toMatchObject({ code: 0, runs: [unprotected, ""] });
  });

  it("that is the first and fails leaves nothing protected, and says to run it again", async () => {
    const { code, runs, noted } = await play({}, ["no", "no"], [1]);
    expect({ code, runs }).toEqual({ code: 1, runs: [unprotected] });
    expect(noted).toContain("run the same command again");
    expect(noted).toContain("docs/first-deployment.md");
  });

  it("whose service stack alone failed protects what is there the next time", async () => {
    expect(await play({}, ["no", "yes"], [1])).toMatchObject({ code: 1, runs: [unprotected] });
    expect(await play({}, ["yes"])).toMatchObject({ code: 0, runs: [""] });
  });

  it("that the person refused, or only prepared, is not gone on with", async () => {
    expect(await play({}, ["no", "no"])).toMatchObject({ code: 0, runs: [unprotected] });
  });

  it("of a stage that is there is one run of the CDK", async () => {
    expect(await play({}, ["yes"])).toEqual({ code: 0, runs: [""], noted: "" });
  });

  it("by a person who may not ask whether it is there is protected, with a warning", async () => {
    const { code, runs, noted } = await play({}, ["unknown"]);
    expect({ code, runs }).toEqual({ code: 0, runs: [""] });
    expect(noted).toMatch(/may not see.*-c deletionProtection=off/);
  });

  it.each([{ removalPolicy: "destroy" }, { deletionProtection: "off" }])(
    "with %j asks for nothing and protects nothing",
    async (context) => {
      expect(await play(context, [])).toEqual({ code: 0, runs: [""], noted: "" });
    },
  );

  it("warns when no alarm would reach a person, and says how to change that", async () => {
    const terminal = createRecordingTerminal();
    await deployStage({
      settings: readSettings({ stage: "prod" }),
      terminal,
      isDeployed: async () => "yes",
      deploy: async () => 0,
    });
    const noted = terminal.noted.join("\n");
    expect(noted).toContain("warning");
    expect(noted).toContain("npm run subscribe -- --topic operations");
    expect(noted).toContain("--stage prod");
    const topic = "arn:aws:sns:eu-central-1:111122223333:on-call";
    expect((await play({ alarmTopicArn: topic }, ["yes"])).noted).toBe("");
  });
});

describe("the arguments of a deployment", () => {
  let home: string;
  let project: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "deploy-home-"));
    project = await mkdtemp(join(tmpdir(), "deploy-project-"));
    const context = (values: object) => JSON.stringify({ app: "x", context: values });
    await writeFile(join(home, ".cdk.json"), context({ stage: "home", alarmEmail: "a@b.example" }));
    await writeFile(join(project, "cdk.json"), context({ stage: "file", streamParallelism: 2 }));
  });
  afterAll(async () => {
    await rm(home, { recursive: true });
    await rm(project, { recursive: true });
  });
  const read = (...args: string[]) => readDeployArguments(args, { home, project });

  it.each([
    [["-c", "stage=prod"]],
    [["-cstage=prod"]],
    [["-c=stage=prod"]],
    [["--context", "stage=prod"]],
    [["--context=stage=prod"]],
    [["--require-approval", "never", "-c", "stage=test", "-c", "stage=prod", "--no-notices"]],
  ])("are understood as the CDK does: %j", (args) => {
    expect(read(...args).context["stage"]).toBe("prod");
  });

  it("come from cdk.json too, and from the person's own ~/.cdk.json", () => {
    expect(read().context).toEqual({
      stage: "file",
      alarmEmail: "a@b.example",
      streamParallelism: 2,
    });
  });

  it("keep a value with an equals sign whole", () => {
    const rules = '{"holdDowns":[{"prefix":"=","seconds":0}]}';
    expect(read("-c", `alerts=${rules}`).context["alerts"]).toBe(rules);
  });

  it("name the profile and the region", () => {
    expect(read("--profile", "prod", "--region=eu-west-1")).toMatchObject({
      profile: "prod",
      region: "eu-west-1",
    });
    expect(read()).toMatchObject({ profile: undefined, region: undefined });
  });

  it.each([
    [{ npm_config_call: "stage=prod" }, [], "npm run deploy -- -c stage=prod"],
    [{ npm_config_context: "true" }, ["stage=prod"], "npm run deploy -- --context stage=prod"],
    [{ npm_config_profile: "prod" }, [], "npm run deploy -- --profile prod"],
  ])("are refused where npm took them, as %j: else stage dev is deployed", (taken, args, call) => {
    const environment = { npm_lifecycle_event: "deploy", ...taken };
    expect(() => refuseOptionsTakenByNpm(args, environment)).toThrow(call);
    expect(() => refuseOptionsTakenByNpm(["-c", "stage=prod"], {})).not.toThrow();
  });

  it("name the file that is no JSON", async () => {
    const broken = await mkdtemp(join(tmpdir(), "deploy-broken-"));
    await writeFile(join(broken, "cdk.json"), "{");
    expect(() => readDeployArguments([], { home, project: broken })).toThrow(/cdk\.json is not/);
    await rm(broken, { recursive: true });
  });
});

describe("a stack", () => {
  const isIt = async (answer: AwsAnswer) => {
    const { config } = await startAwsServer(() => answer);
    return isStackDeployed(new CloudFormationClient(config), "s");
  };
  const inState = (status: string): AwsAnswer => ({
    body: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>s</StackName><CreationTime>2026-12-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  });
  const failing = (code: string, message: string): AwsAnswer => ({
    status: 400,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  });

  it.each(["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"])(
    "that is %s has been deployed",
    async (status) => {
      expect(await isIt(inState(status))).toBe("yes");
    },
  );

  it.each([
    "REVIEW_IN_PROGRESS",
    "CREATE_IN_PROGRESS",
    "CREATE_FAILED",
    "ROLLBACK_COMPLETE",
    "ROLLBACK_FAILED",
    "DELETE_COMPLETE",
  ])("that is %s has not", async (status) => {
    expect(await isIt(inState(status))).toBe("no");
  });

  it("that does not exist has not", async () => {
    expect(await isIt(failing("ValidationError", "Stack with id s does not exist"))).toBe("no");
  });

  it("that the person may not see is unknown", async () => {
    expect(await isIt(failing("AccessDenied", "not authorized"))).toBe("unknown");
  });

  it("of which CloudFormation says nothing is no answer", async () => {
    await expect(isIt(failing("Throttling", "Rate exceeded"))).rejects.toThrow("Rate exceeded");
  });
});
