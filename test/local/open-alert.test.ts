import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLocalClients, type LocalClients } from "../../local/emulators/local-clients.ts";
import { createShutdown } from "../../local/processes/shutdown.ts";
import { projectDirectory, synthesize } from "../../local/templates/synthesis.ts";
import { rawRegistered, rawUnregistered } from "../support/build-event.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { postEvents } from "../support/post-events.ts";

const TemplateSchema = v.looseObject({
  Resources: v.record(
    v.string(),
    v.looseObject({ Type: v.string(), Properties: v.optional(v.looseObject({}), {}) }),
  ),
});
const alerts = { holdDownSeconds: 0, lookAgainSeconds: 1 };
const assembly = mkdtempSync(join(tmpdir(), "open-alert-"));
let stack: LocalStack;
let clients: LocalClients;

/** Leaves an open alert to the messages that evaluate sends itself, and delivers these at once. */
const leaveAlertsToMessages = () => {
  const file = join(assembly, "dn-registration-local.template.json");
  const template = v.parse(TemplateSchema, JSON.parse(readFileSync(file, "utf8")));
  for (const { Type, Properties } of Object.values(template.Resources)) {
    // The scheduled run looks at an alert too, and begins a new chain.
    if (Type === "AWS::Events::Rule") Properties["State"] = "DISABLED";
    if (Type === "AWS::Lambda::EventSourceMapping")
      Properties["MaximumBatchingWindowInSeconds"] = 0;
  }
  writeFileSync(file, JSON.stringify(template));
};

beforeAll(async () => {
  const synthesis = { project: projectDirectory, outputDirectory: assembly, settings: { alerts } };
  await synthesize(synthesis, createShutdown());
  leaveAlertsToMessages();
  stack = await startLocalStack({ args: ["--assembly", assembly] });
  clients = createLocalClients(stack.description.endpoints, stack.description.region);
});
afterAll(async () => {
  await stack.stop();
  rmSync(assembly, { recursive: true, force: true });
});

/** When the alert is due: each look puts that off. */
const readDue = async (): Promise<string | undefined> => {
  const { Items = [] } = await clients.dynamodb.send(
    new ScanCommand({ TableName: stack.description.tables.alerts }),
  );
  return Items[0] && JSON.stringify(Items[0]["dueAt"]);
};

describe("an alert that stays open", () => {
  it("is looked at again and again, 30 times and more, by a chain of messages", async () => {
    const key = stack.description.bridge.key;
    await postEvents(stack.url, [rawRegistered(), rawUnregistered()], { key });
    const seen = new Set<string>();
    const countLooks = async () => {
      const due = await readDue();
      if (due !== undefined) seen.add(due);
      return seen.size;
    };
    const isStopped = () => stack.output().includes("RecursiveLoop");
    const patience = { timeout: 170_000, interval: 200 };
    await expect.poll(async () => (await countLooks()) > 30 || isStopped(), patience).toBe(true);
    expect(isStopped()).toBe(false);
  });
});
