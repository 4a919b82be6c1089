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
import { createDeployClient, regionOf } from "../../commands/deploy/deploy-target.ts";
import { readStackState, type StackState } from "../../commands/deploy/stack-state.ts";
import { readSettings } from "../../infra/settings/settings.ts";
import { type AwsAnswer, startAwsServer } from "../support/aws-server.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";
import { runScript } from "../support/run-script.ts";

/** Deploys with these settings; `states` are CloudFormation's answers, one by one, and `codes` how the CDK ends. */
const play = async (
  context: Readonly<Record<string, string>>,
  states: readonly StackState[],
  codes: readonly number[] = [0, 0],
) => {
  const terminal = createRecordingTerminal();
  const answers = [...states];
  const runs: string[] = [];
  const code = await deployStage({
    settings: readSettings({ stage: "prod", alarmEmail: "operations@example.org", ...context }),
    terminal,
    readDataStackState: async () => answers.shift() ?? "absent",
    deploy: async (...more) => codes[runs.push(more.join(" ")) - 1] ?? 0,
  });
  return { code, runs, noted: terminal.noted.join("\n") };
};
const unprotected = "-c deletionProtection=off";

describe("a deployment", () => {
  it.each<StackState>(["absent", "unfinished"])(
    "of a stage that is %s protects it only when everything is there",
    async (state) => {
      expect(await play({}, [state, "deployed"])).toMatchObject({
        code: 0,
        runs: [unprotected, ""],
      });
    },
  );

  it.each<StackState>(["unfinished", "unknown"])(
    "that has succeeded leaves nothing unprotected, even if the stack reads %s then",
    async (state) => {
      expect(await play({}, ["absent", state])).toMatchObject({ runs: [unprotected, ""] });
    },
  );

  it("that is the first and fails leaves nothing protected, and says to run it again", async () => {
    const { code, runs, noted } = await play({}, ["absent", "unfinished"], [1]);
    expect({ code, runs }).toEqual({ code: 1, runs: [unprotected] });
    expect(noted).toContain("run the same command again");
    expect(noted).toContain("docs/first-deployment.md");
  });

  it("in which nothing began says nothing of its own", async () => {
    expect(await play({}, ["absent", "absent"], [1])).toEqual({
      code: 1,
      runs: [unprotected],
      noted: "",
    });
  });

  it("whose service stack alone failed protects what is there the next time", async () => {
    expect(await play({}, ["absent", "deployed"], [1])).toMatchObject({ runs: [unprotected] });
    expect(await play({}, ["deployed"])).toMatchObject({ code: 0, runs: [""] });
  });

  it("that was only prepared is not gone on with", async () => {
    expect(await play({}, ["absent", "absent"])).toMatchObject({ code: 0, runs: [unprotected] });
  });

  it("of a stage that is there is one run of the CDK", async () => {
    expect(await play({}, ["deployed"])).toEqual({ code: 0, runs: [""], noted: "" });
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

  it("warns when only subscribers hear the alarms, and says how to subscribe", async () => {
    const terminal = createRecordingTerminal();
    await deployStage({
      settings: readSettings({ stage: "prod" }),
      terminal,
      readDataStackState: async () => "deployed",
      deploy: async () => 0,
    });
    const noted = terminal.noted.join("\n");
    expect(noted).toContain("warning");
    expect(noted).toContain("npm run subscribe -- --topic operations");
    expect(noted).toContain("--stage prod");
    const topic = "arn:aws:sns:eu-central-1:111122223333:on-call";
    expect((await play({ alarmTopicArn: topic }, ["deployed"])).noted).toBe("");
  });
});

describe("the arguments of a deployment", () => {
  let home: string;
  let project: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "deploy-home-"));
    project = await mkdtemp(join(tmpdir(), "deploy-project-"));
    const write = (folder: string, file: string, values: object) =>
      writeFile(join(folder, file), JSON.stringify(values));
    await write(home, ".cdk.json", {
      context: { stage: "home", alarmEmail: "a@b.example", logRetentionDays: 3 },
      region: "eu-north-1",
    });
    await write(project, "cdk.context.json", { stage: "cached", logRetentionDays: 7 });
    await write(project, "cdk.json", {
      app: "x",
      context: { stage: "file", streamParallelism: 2 },
      profile: "of-project",
    });
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
    [["--c", "stage=prod"]],
    [["--stage", "prod"]],
    [["--stage=prod"]],
    [["-c", "stage=test", "--stage", "prod"]],
    [["--require-approval", "never", "-c", "stage=test", "-c", "stage=prod", "--no-notices"]],
  ])("are understood as the CDK does: %j", (args) => {
    expect(read(...args).context["stage"]).toBe("prod");
  });

  it("come from cdk.json too, then cdk.context.json, then the person's own ~/.cdk.json", () => {
    expect(read()).toEqual({
      forCdk: [],
      context: {
        stage: "file",
        alarmEmail: "a@b.example",
        streamParallelism: 2,
        logRetentionDays: 7,
      },
      profile: "of-project",
      region: "eu-north-1",
    });
  });

  it("keep a value with an equals sign whole", () => {
    const rules = '{"holdDowns":[{"prefix":"=","seconds":0}]}';
    expect(read("-c", `alerts=${rules}`).context["alerts"]).toBe(rules);
  });

  it("go to the CDK as they are, except --stage, which it does not know", () => {
    const others = ["-c", "x=y", "--require-approval", "never", "--profile=p"];
    expect(read(...others.slice(0, 2), "--stage", "prod", ...others.slice(2)).forCdk).toEqual(
      others,
    );
    expect(read("--stage=prod").forCdk).toEqual([]);
  });

  it.each([
    [["-c"], "-c needs a value"],
    [["--stage"], "--stage needs a value"],
    [["--region"], "--region needs a value"],
    [["--", "-c", "stage=prod"], "one -- is enough"],
  ])("are refused: %j", (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });

  it("name the profile and the region", () => {
    expect(read("--profile", "prod", "--region=eu-west-1")).toMatchObject({
      profile: "prod",
      region: "eu-west-1",
    });
  });

  it.each([
    [{ npm_config_call: "stage=prod" }, [], "npm run deploy -- -c stage=prod"],
    [{ npm_config_context: "true" }, ["stage=prod"], "npm run deploy -- --context stage=prod"],
    [{ npm_config_profile: "prod" }, [], "npm run deploy -- --profile prod"],
    [{ npm_config_stage: "prod" }, [], "npm run deploy -- --stage prod"],
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

describe("the command", () => {
  const environment = {
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "x",
    AWS_SECRET_ACCESS_KEY: "x",
  };

  it.each([
    ["alarmTopicArn=arn:aws:sns:us-east-1:111122223333:on-call", "is a topic in us-east-1"],
    ["alarmTopicArn=on-call", "must be the ARN of an SNS topic"],
    ["stages=prod", '"stages" is not a setting'],
  ])("begins nothing with %s", async (given, message) => {
    const run = await runScript("commands/deploy.ts", ["-c", given], { environment });
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
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
