import { describe, expect, it } from "vitest";
import { deployStage } from "../../commands/deploy/deploy-stage.ts";
import type { StackState } from "../../commands/deploy/stack-state.ts";
import { readSettings } from "../../infra/settings/read-settings.ts";
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
