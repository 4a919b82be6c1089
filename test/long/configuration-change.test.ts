import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createShutdown } from "../../local/processes/shutdown.ts";
import { projectDirectory, synthesize } from "../../local/templates/synthesis.ts";
import { configurationChange } from "../../samples/scenarios/configuration-change.ts";
import { findBroken } from "../../samples/scenarios/notifications.ts";
import { readMembers } from "../support/alert-members.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { alertLines, notificationsOf, play } from "../support/scenario-stage.ts";

// The story runs faster; of the rules only the waits before and after are shorter. What counts as one storm (a minute) and
// how often an alert may be updated (five minutes) are as on AWS, however busy the machine is.
const timeLapse = 2.5;
const alerts = { holdDownSeconds: 8, holdOpenSeconds: 20 };
const scenario = { ...configurationChange, endsAtSeconds: 430 };
const timeoutMilliseconds = 720_000;

const assembly = mkdtempSync(join(tmpdir(), "storm-assembly-"));
let stack: LocalStack;
beforeAll(async () => {
  const settings = { alerts };
  const synthesis = { project: projectDirectory, outputDirectory: assembly, settings };
  await synthesize(synthesis, createShutdown());
  stack = await startLocalStack({ args: ["--assembly", assembly] });
  await play(scenario, stack, timeLapse);
}, timeoutMilliseconds);
afterAll(async () => {
  await stack.stop();
  rmSync(assembly, { recursive: true, force: true });
});

describe("a configuration change that takes 10,000 DNs away", () => {
  it("gives exactly the notifications that are promised, three of them for the 10,000", () => {
    expect(findBroken(scenario, notificationsOf(stack))).toEqual([]);
  });

  it("misses none of the DNs among the alert's members", async () => {
    const line = alertLines(stack).find((one) => one.includes('"/servers/STORM1"')) ?? "";
    expect(new Set(await readMembers(stack, line, { limit: 500 })).size).toBe(10_000);
  });
});
