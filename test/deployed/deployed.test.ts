import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudFormationClient, DeleteStackCommand } from "@aws-sdk/client-cloudformation";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawRegistered, rawUnregistered } from "../support/build-event.ts";
import { type PostOptions, postEvents } from "../support/post-events.ts";
import { describeWithPackages } from "./support/describe-with-packages.ts";
import { type Emulator, startEmulator } from "./support/emulator.ts";
import { readFunctionLogs } from "./support/function-logs.ts";
import { createInbox, type Inbox } from "./support/inbox.ts";
import { clientFor, createStage, type Stage } from "./support/stage.ts";

// Waiting times of seconds: what is tested is the way, not the wait.
const alerts = {
  holdDownSeconds: 2,
  holdOpenSeconds: 6,
  incidentLosses: 3,
  incidentSeconds: 10,
  updateQuietSeconds: 3,
  updateLatestSeconds: 10,
  undecidedSeconds: 10,
  lookAgainSeconds: 10,
};
const settings = { alarmEmail: "operations@example.org", encryption: "customer-managed", alerts };

const server = "SIPTS9";
// Its own, and those of the sample morning.
const servers = `${server},SIPTS750,AVAYATS1`;
const now = Math.floor(Date.now() / 1000);
const from9001 = (second: number) => ({
  ServerName: server,
  ThisDN: "9001",
  time: { sec: second, usec: 0 },
});

const period = ["--from", "2026-01-01T00:00:00Z", "--to", "2099-01-01T00:00:00Z"];

const StacksSchema = v.object({
  Stacks: v.array(v.object({ EnableTerminationProtection: v.boolean() })),
});
const TableSchema = v.object({ Table: v.object({ DeletionProtectionEnabled: v.boolean() }) });
const FunctionSchema = v.object({ Role: v.string() });
const PolicySchema = v.object({
  PolicyDocument: v.looseObject({ Statement: v.array(v.unknown()) }),
});

await describeWithPackages("a stage on a foreign emulator", (python) => {
  let emulator: Emulator;
  let stage: Stage;

  beforeAll(async () => {
    emulator = await startEmulator(python);
    stage = createStage("foreign", emulator);
    expect(await stage.bootstrap()).toMatchObject({ code: 0 });
  });
  afterAll(() => emulator.stop());

  describe("its first deployment", () => {
    it("fails in the middle of the data stack: a table cannot be made", async () => {
      const failed = await emulator.refuse("AlertingTablesWindows", () => stage.deploy(settings));
      expect(failed.code).not.toBe(0);
      expect(failed.stdout + failed.stderr).toMatch(
        /CREATE_COMPLETE +\| AWS::DynamoDB::GlobalTable/,
      );
      expect(failed.stdout + failed.stderr).toMatch(
        /AlertingTablesWindows\w+ is refused by the test/,
      );
    });

    it("fails at the end of the service stack: the dashboard cannot be made", async () => {
      const failed = await emulator.refuse("ObservationDashboard", () => stage.deploy(settings));
      expect(failed.code).not.toBe(0);
      expect(failed.stdout + failed.stderr).toMatch(/CREATE_COMPLETE +\| AWS::Lambda::Function/);
      expect(failed.stdout + failed.stderr).toMatch(
        /ObservationDashboard\w+ is refused by the test/,
      );
    });

    it("is simply repeated, and succeeds", async () => {
      expect(await stage.deploy(settings)).toMatchObject({ code: 0 });
    });

    it("has protected what must not be lost", async () => {
      const [StackName] = stage.stacks;
      const cloudFormation = new CloudFormationClient(clientFor(emulator));
      const described = await emulator.aws("cloudformation", "describe_stacks", { StackName });
      expect(v.parse(StacksSchema, described).Stacks).toEqual([
        { EnableTerminationProtection: true },
      ]);
      await expect(cloudFormation.send(new DeleteStackCommand({ StackName }))).rejects.toThrow(
        /TerminationProtection/,
      );
      const outputs = Object.entries(await stage.outputs());
      const tables = outputs.flatMap(([name, value]) => (name.endsWith("Table") ? [value] : []));
      expect(tables.length).toBeGreaterThan(0);
      for (const TableName of tables) {
        const { Table } = v.parse(
          TableSchema,
          await emulator.aws("dynamodb", "describe_table", { TableName }),
        );
        expect({ TableName, ...Table }).toEqual({ TableName, DeletionProtectionEnabled: true });
      }
    });
  });

  describe("once it is deployed", () => {
    let url: string;
    let key: string;
    let token: string;
    let inboxes: { changes: Inbox; alerts: Inbox };

    const post = (body: unknown, options: Partial<PostOptions> = {}) =>
      postEvents(url, body, { key, ...options });
    const read = async (path: string, authorization = `Bearer ${token}`) => {
      const response = await fetch(url + path, { headers: { authorization } });
      const body: unknown = await response.json();
      return { status: response.status, body };
    };
    const bridge = (keyFile: string) =>
      emulator.run(
        ...["npm", "run", "--silent", "bridge", "--", "samples/morning.ndjson", "--url", url],
        ...["--key-file", keyFile, "--spool", join(emulator.directory, "spool")],
      );

    beforeAll(async () => {
      const outputs = await stage.outputs();
      url = v.parse(v.string(), outputs["ApiUrl"]);
      const sqs = new SQSClient(clientFor(emulator));
      inboxes = { changes: await createInbox(sqs), alerts: await createInbox(sqs) };
    });

    it.each(["changes", "alerts"] as const)("a queue subscribes to %s", async (topic) => {
      const options = ["--topic", topic, "--sqs", inboxes[topic].arn, "--raw"];
      const filter = ["--filter", JSON.stringify({ server: [server] })];
      expect(await stage.operate("subscribe", ...options, ...filter)).toMatchObject({ code: 0 });
    });

    it("gives a bridge a key and a reader a token, which hold within a minute", async () => {
      const scopes = "registrations:read,registrations:write,alerts:read,alerts:write";
      const made = [
        await stage.operate("keys", "add", "--name", "bridge-a", "--servers", servers),
        await stage.operate("tokens", "add", "--name", "crm", "--scopes", scopes),
      ];
      [key = "", token = ""] = made.map(({ stdout }) => stdout.trim());
      expect(key, made[0]?.stderr).toMatch(/^whsec_/);
      expect(token, made[1]?.stderr).toMatch(/^dnr_/);
      await expect.poll(async () => (await post([])).status).toBe(200);
      await expect.poll(async () => (await read("/v1/registrations")).status).toBe(200);
    });

    it("lets in nothing that is signed too long ago, and no reader without a token", async () => {
      expect(await post([], { clockOffset: -900 })).toMatchObject({ status: 401 });
      expect(await read("/v1/registrations", "")).toMatchObject({ status: 401 });
    });

    it("applies an event, rejects what is none, and knows a repetition", async () => {
      const event = rawRegistered(from9001(now - 60));
      expect(await post([event, { Event: "EventRegistered", ThisDN: "x" }])).toMatchObject({
        status: 207,
        body: { results: [{ outcome: "applied" }, { outcome: "rejected" }] },
      });
      expect(await post(event)).toMatchObject({
        status: 200,
        body: { results: [{ outcome: "duplicate" }] },
      });
    });

    it("publishes a loss as a change and as an alert", async () => {
      expect(await post(rawUnregistered(from9001(now - 30)))).toMatchObject({ status: 200 });
      expect(await read("/v1/registrations/9001")).toMatchObject({
        status: 200,
        body: { data: [{ status: "unregistered", verdict: "unexpected" }] },
      });
      await expect
        .poll(inboxes.changes.look)
        .toEqual(["registration.registered 9001", "registration.unregistered 9001"]);
      await expect.poll(inboxes.alerts.look).toEqual([expect.stringMatching(/^alert.opened /)]);
      expect(await read("/v1/alerts?status=open")).toMatchObject({
        body: { data: [{ kind: "dn", status: "open" }] },
      });
      expect(await read("/v1/decisions?thisDN=9001")).toMatchObject({
        body: { data: [{ state: "alerted" }] },
      });
    });

    it("resolves the alert when the DN is back", async () => {
      await post(rawRegistered(from9001(Math.floor(Date.now() / 1000))));
      await expect
        .poll(inboxes.alerts.look)
        .toEqual([
          expect.stringMatching(/^alert.opened /),
          expect.stringMatching(/^alert.resolved /),
        ]);
    });

    it("takes the sample morning from the reference bridge, and knows it the second time", async () => {
      const keyFile = join(emulator.directory, "bridge.key");
      writeFileSync(keyFile, key, { mode: 0o600 });
      const first = await bridge(keyFile);
      expect(first.stdout + first.stderr).toContain("398 applied");
      const second = await bridge(keyFile);
      expect(second.stdout + second.stderr).toContain("398 duplicate");
    });

    it.each([
      ["smoke", [], /stage foreign works/],
      ["rejected", ["list"], /1 rejected/],
      ["rejected", ["drop", "--all"], /1 dropped, 0 left/],
      ["retire", ["--dn", "9001", "--author", "jane", "--note", "gone"], /retired: 1 registration/],
      ["redrive", [], /stream batches: none/],
      ["republish", period, /1 changes of SIPTS9: 1 published again/],
      ["erase", ["--customer", "Retail"], /status +\d+ +[1-9]/],
    ])("npm run %s works, with %j", async (command, args, said) => {
      const ofServer = ["retire", "republish"].includes(command) ? ["--server", server] : [];
      const { code, stdout, stderr } = await stage.operate(command, ...ofServer, ...args);
      expect({ code, said: stdout + stderr }).toEqual({
        code: 0,
        said: expect.stringMatching(said),
      });
    });

    it("has no function that logged an error or was denied anything", async () => {
      const prefix = `/aws/lambda/${stage.stacks[1]}-`;
      const logs = await readFunctionLogs(emulator, prefix);
      expect(logs).toMatchObject({ groups: 6, faults: [] });
      expect(logs.lines).toBeGreaterThan(0);
    });

    it("cannot do what its roles do not allow: without its index, query answers 503", async () => {
      const FunctionName = `${stage.stacks[1]}-query`;
      const { Role } = v.parse(
        FunctionSchema,
        await emulator.aws("lambda", "get_function_configuration", { FunctionName }),
      );
      const policy = { RoleName: Role.split("/").at(-1), PolicyName: "Function" };
      const { PolicyDocument } = v.parse(
        PolicySchema,
        await emulator.aws("iam", "get_role_policy", policy),
      );
      const Statement = PolicyDocument.Statement.filter(
        (one) => !JSON.stringify(one).includes("/index/"),
      );
      expect(Statement.length).toBeLessThan(PolicyDocument.Statement.length);
      await emulator.aws("iam", "put_role_policy", {
        ...policy,
        PolicyDocument: JSON.stringify({ ...PolicyDocument, Statement }),
      });
      expect(await read("/v1/registrations")).toMatchObject({ status: 503 });
      const { faults } = await readFunctionLogs(emulator, `/aws/lambda/${FunctionName}`);
      expect(faults.join("\n")).toContain("not authorized");
    });
  });

  describe("its removal", () => {
    const temporary = { ...settings, removalPolicy: "destroy" };

    it("takes a deployment without protection, and a destroy", async () => {
      expect(await stage.deploy(temporary, { validates: true })).toMatchObject({ code: 0 });
      expect(await stage.destroy(temporary)).toMatchObject({ code: 0 });
    });

    // Queues for what SNS could not deliver are made by npm run subscribe, and belong to no stack.
    const ofStage = /dn-registration-foreign(?!-\w+-undelivered)/;

    it.each([
      ["dynamodb", "list_tables"],
      ["iam", "list_roles"],
      ["kms", "list_aliases"],
      ["lambda", "list_functions"],
      ["logs", "describe_log_groups"],
      ["s3", "list_buckets"],
      ["secretsmanager", "list_secrets"],
      ["sns", "list_topics"],
      ["sqs", "list_queues"],
    ])("leaves nothing behind in %s", async (service, operation) => {
      expect(JSON.stringify(await emulator.aws(service, operation))).not.toMatch(ofStage);
    });
  });
});
