import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findDynamoDbLocal } from "../../../local/emulators/dynamodb-local.ts";
import { configurationChange } from "../../../samples/scenarios/configuration-change.ts";
import { findBroken } from "../../../samples/scenarios/notifications.ts";
import { type LocalStack, startLocalStack } from "../../support/local-stack.ts";
import { alertLines, notificationsOf, play } from "../../support/scenario-stage.ts";

const timeLapse = 4;
const timeoutMilliseconds = 720_000;
// Where there is Java: 30,000 stream records make the other engine three times as slow.
const engine = findDynamoDbLocal().kind === "missing" ? [] : ["--engine", "dynamodb-local"];

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack({ args: ["--time-lapse", String(timeLapse), ...engine] });
  await play(configurationChange, stack, timeLapse);
}, timeoutMilliseconds);
afterAll(() => stack.stop());

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
    expect(findBroken(configurationChange, notificationsOf(stack))).toEqual([]);
  });

  it("misses none of the DNs among the alert's members", async () => {
    const line = alertLines(stack).find((one) => one.includes('"/servers/STORM1"')) ?? "";
    const { data }: { data: { alertId: string } } = JSON.parse(line);
    expect(new Set(await readMembers(data.alertId)).size).toBe(10_000);
  });
});
