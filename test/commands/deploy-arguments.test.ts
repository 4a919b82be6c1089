import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  readDeployArguments,
  refuseOptionsTakenByNpm,
} from "../../commands/deploy/deploy-arguments.ts";

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
