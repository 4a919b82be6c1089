import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findDynamoDbLocal } from "../../../local/emulators/dynamodb-local.ts";
import { createShutdown } from "../../../local/processes/shutdown.ts";
import { projectDirectory, synthesize } from "../../../local/templates/synthesis.ts";
import { configurationChange } from "../../../samples/scenarios/configuration-change.ts";
import { findBroken } from "../../../samples/scenarios/notifications.ts";
import { type LocalStack, startLocalStack } from "../../support/local-stack.ts";
import { alertLines, notificationsOf, play } from "../../support/scenario-stage.ts";

// The story is told faster; of the rules only the waits before and after are shorter, so that what falls together within a
// minute, and what is told of it within five, is as it is on AWS, however busy the machine.
const timeLapse = 2.5;
const alerts = { holdDownSeconds: 8, holdOpenSeconds: 20 };
const scenario = { ...configurationChange, endsAtSeconds: 430 };
const timeoutMilliseconds = 720_000;
// Where there is Java: 30,000 stream records make the other engine three times as slow.
const engine = findDynamoDbLocal().kind === "missing" ? [] : ["--engine", "dynamodb-local"];

const assembly = mkdtempSync(join(tmpdir(), "storm-assembly-"));
let stack: LocalStack;
beforeAll(async () => {
  const settings = { alerts };
  const synthesis = { project: projectDirectory, outputDirectory: assembly, settings };
  await synthesize(synthesis, createShutdown());
  stack = await startLocalStack({ args: ["--assembly", assembly, ...engine] });
  await play(scenario, stack, timeLapse);
}, timeoutMilliseconds);
afterAll(async () => {
  await stack.stop();
  rmSync(assembly, { recursive: true, force: true });
});

const readMembers = async (alertId: string): Promise<string[]> => {
  const { url, description } = stack;
  const members: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const from = cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${url}/v1/alerts/${alertId}?limit=500${from}`, {
      headers: { authorization: `Bearer ${description.readerToken}` },
    });
    const page: { data: { members: { thisDN: string }[] }; nextCursor: string | null } = JSON.parse(
      await response.text(),
    );
    members.push(...page.data.members.map(({ thisDN }) => thisDN));
    cursor = page.nextCursor;
  }
  return members;
};

describe("a configuration change that takes 10,000 DNs away", () => {
  it("gives exactly the notifications that are promised, three of them for the 10,000", () => {
    expect(findBroken(scenario, notificationsOf(stack))).toEqual([]);
  });

  it("misses none of the DNs among the alert's members", async () => {
    const line = alertLines(stack).find((one) => one.includes('"/servers/STORM1"')) ?? "";
    const { data }: { data: { alertId: string } } = JSON.parse(line);
    expect(new Set(await readMembers(data.alertId)).size).toBe(10_000);
  });
});
