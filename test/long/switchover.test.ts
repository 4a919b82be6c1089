import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBroken } from "../../samples/scenarios/notifications.ts";
import { switchover } from "../../samples/scenarios/switchover.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { notificationsOf, play } from "../support/scenario-stage.ts";

const timeLapse = 5;
const timeoutMilliseconds = 400_000;

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack({ args: ["--time-lapse", String(timeLapse)] });
  await play(switchover, stack, timeLapse);
}, timeoutMilliseconds);
afterAll(() => stack.stop());

describe("a switchover with 8,000 DNs", () => {
  it("gives no notification", () => {
    expect(findBroken(switchover, notificationsOf(stack))).toEqual([]);
  });
});
