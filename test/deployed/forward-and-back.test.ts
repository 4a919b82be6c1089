import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFunctions } from "../../infra/build/build-functions.ts";
import {
  keptVersions,
  type Release,
  readRelease,
  synthesizeRelease,
} from "../infra/support/releases.ts";
import { rawRegistered } from "../support/build-event.ts";
import { postEvents } from "../support/post-events.ts";
import { describeWithPackages } from "./support/describe-with-packages.ts";
import { type Emulator, startEmulator } from "./support/emulator.ts";
import { clientFor, createStage, type Stage } from "./support/stage.ts";
import { createTemplateDeployer, type TemplateDeployer } from "./support/templates.ts";
import { followingVersion, withCode } from "./support/versions.ts";

type StackOfStage = "data" | "service";
const orders: readonly (readonly [StackOfStage, StackOfStage])[] = [
  ["data", "service"],
  ["service", "data"],
];
type Order = (typeof orders)[number];

const bucket = "code-and-templates";
const functions = ["ingest", "fanout", "evaluate", "query", "operate", "authorize"];

const today = synthesizeRelease();
const [oldest = ""] = keptVersions;
const good = { status: expect.stringMatching(/^(?:CREATE|UPDATE)_COMPLETE$/), failures: [] };

// A table that is taken back stays, and its name is not free: each order adds another.
const others: [string, (order: Order) => Release][] = [
  ...keptVersions.map((version): [string, () => Release] => [version, () => readRelease(version)]),
  [
    "a version with other references",
    ([first]) => followingVersion(today, `dn-registration-dev-${first}-first`),
  ],
];

await describeWithPackages("a stage that goes to another version and back", (python) => {
  let emulator: Emulator;
  let stage: Stage;
  let templates: TemplateDeployer;
  let key: string;
  let identities: Readonly<Record<string, string>>;

  const storeCode = async () => {
    const dist = join(emulator.directory, "dist");
    await buildFunctions("lambda", dist);
    const s3 = new S3Client({ ...clientFor(emulator), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const store = async (name: string) => {
      const Key = `${name}.zip`;
      const zip = join(dist, Key);
      const toZip = ["-m", "zipfile", "-c", zip, join(dist, name, "index.mjs")];
      expect(await emulator.run(python, ...toZip)).toMatchObject({ code: 0 });
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: readFileSync(zip) }));
    };
    await Promise.all(functions.map(store));
  };

  beforeAll(async () => {
    emulator = await startEmulator(python);
    stage = createStage("dev", emulator);
    templates = createTemplateDeployer(emulator, bucket);
    await storeCode();
    // All that templates of the CDK ask of an account.
    const version = { Name: "/cdk-bootstrap/hnb659fds/version", Value: "31", Type: "String" };
    await emulator.aws("ssm", "put_parameter", version);
  });
  afterAll(() => emulator.stop());

  const nameOf = (stack: StackOfStage) => stage.stacks[stack === "data" ? 0 : 1];

  const deploy = (stack: StackOfStage, release: Release) =>
    templates.deploy(nameOf(stack), withCode(release[stack], bucket));

  /** Deploys one stack after the other. After each, both are in order, and streams, keys and secrets are the same. */
  const go = async (release: Release, order: Order) => {
    for (const stack of order) {
      expect(await deploy(stack, release)).toEqual(good);
      for (const one of stage.stacks) expect(await templates.statusOf(one)).toEqual(good.status);
      const outputs = await templates.outputsOf(nameOf("data"));
      expect({ ...identities, ...outputs }).toMatchObject(identities);
    }
  };

  /** A topic that came with a version stays when that is taken back: it must be deleted, or imported, before the next way forward. */
  const deleteIfLeft = async (TopicArn: unknown) => {
    const outputs = await templates.outputsOf(nameOf("data"));
    if (!("AlertTextsTopic" in outputs)) await emulator.aws("sns", "delete_topic", { TopicArn });
  };

  const post = async () => {
    const { ApiUrl } = await templates.outputsOf(nameOf("service"));
    return postEvents(v.parse(v.string(), ApiUrl), rawRegistered(), { key });
  };
  const outcome = (one: string) => ({ status: 200, body: { results: [{ outcome: one }] } });

  describe("the emulator, like AWS", () => {
    const topic = (DisplayName: unknown) => ({
      Resources: { Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName } } },
      Outputs: {},
    });
    const exporting = (Value: string) => ({
      ...topic("exports"),
      Outputs: { Word: { Value, Export: { Name: "word" } } },
    });
    const importing = topic({ "Fn::ImportValue": "word" });
    const refused = (status: string, reason: RegExp) => ({
      status,
      failures: [expect.stringMatching(reason)],
    });

    it("neither removes nor changes an export while it is imported", async () => {
      expect(await templates.deploy("exports", exporting("one"))).toEqual(good);
      expect(await templates.deploy("imports", importing)).toEqual(good);
      expect(await templates.deploy("exports", topic("exports"))).toEqual(
        refused("UPDATE_ROLLBACK_COMPLETE", /word cannot be deleted as it is in use by imports/),
      );
      expect(await templates.deploy("exports", exporting("two"))).toEqual(
        refused("UPDATE_ROLLBACK_COMPLETE", /word cannot be updated as it is in use by imports/),
      );
    });

    it("imports no export that is gone, and reads no output that is not there", async () => {
      expect(await templates.deploy("imports", topic("imports"))).toEqual(good);
      expect(await templates.deploy("exports", topic("exports"))).toEqual(good);
      expect(await templates.deploy("imports", importing)).toEqual(
        refused("UPDATE_ROLLBACK_COMPLETE", /'word' not found/),
      );
      const reading = { "Fn::GetStackOutput": { StackName: "exports", OutputName: "Word" } };
      expect(await templates.deploy("reads", topic(reading))).toEqual(
        refused("ROLLBACK_COMPLETE", /'Word' not found/),
      );
    });
  });

  it(`is deployed as ${oldest}, with a key for a bridge`, async () => {
    const release = readRelease(oldest);
    expect(await deploy("data", release)).toEqual(good);
    expect(await deploy("service", release)).toEqual(good);
    identities = await templates.outputsOf(nameOf("data"));
    const made = await stage.operate("keys", "add", "--name", "bridge-a", "--servers", "*");
    key = made.stdout.trim();
    expect(key, made.stderr).toMatch(/^whsec_/);
  });

  it("goes to today's version, and takes an event", async () => {
    await go(today, ["data", "service"]);
    await expect.poll(post).toMatchObject(outcome("applied"));
  });

  describe.each(others)("from today's to %s and back", (_, release) => {
    it.each(orders)("the %s stack first, the %s stack last", async (...order) => {
      const { AlertTextsTopic } = await templates.outputsOf(nameOf("data"));
      await go(release(order), order);
      await deleteIfLeft(AlertTextsTopic);
      await go(today, order);
    });
  });

  it("still knows the event", async () => {
    expect(await post()).toMatchObject(outcome("duplicate"));
  });
});
