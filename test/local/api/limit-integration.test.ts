import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { limitIntegration } from "../../../local/api/limit-integration.ts";
import type { InvocationOutcome } from "../../../local/functions/invocation-outcome.ts";

const answered: InvocationOutcome = { kind: "answered", payload: "null" };

/** A limited integration whose function answers after a time, and what it was invoked with. */
const integration = (answersAfterMilliseconds: number) => {
  const invoked: unknown[] = [];
  const invoke = limitIntegration(async (payload, turnWithin) => {
    invoked.push([payload.length, turnWithin]);
    await new Promise((resolve) => setTimeout(resolve, answersAfterMilliseconds));
    return answered;
  }, 30_000);
  return { invoke, invoked };
};

describe("an integration of an HTTP API", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("passes on what comes in time", async () => {
    const { invoke, invoked } = integration(29_999);
    const outcome = invoke("{}", 5_000);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(await outcome).toEqual(answered);
    expect(invoked).toEqual([[2, 5_000]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("waits no longer than its time", async () => {
    const outcome = integration(30_001).invoke("{}");
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await outcome).toMatchObject({ kind: "failed", reason: "timeout" });
  });

  it("does not invoke the function with more than the 6 MB that Lambda takes", async () => {
    const { invoke, invoked } = integration(0);
    const limit = 6 * 1024 * 1024;
    expect(await invoke("ü".repeat(limit / 2 + 1))).toMatchObject({
      kind: "failed",
      reason: "too-large",
    });
    expect(invoked).toEqual([]);
    const outcome = invoke("x".repeat(limit));
    await vi.advanceTimersByTimeAsync(0);
    expect(await outcome).toEqual(answered);
  });
});
