import { describe, expect, it } from "vitest";
import { invokeAsynchronously } from "../../../local/functions/asynchronous-invocation.ts";
import type { Invoke } from "../../../local/functions/invocation-outcome.ts";
import { createFakeClock } from "../../support/fake-clock.ts";

describe("invoking without waiting for the answer", () => {
  it.each([
    [0, 2, 1],
    [1, 2, 2],
    [2, 2, 3],
    [9, 2, 3],
    [9, 1, 2],
    [9, 0, 1],
  ])(
    "with %d failures at first and %d retries invokes %d times",
    async (failures, retries, expected) => {
      let calls = 0;
      const invoke: Invoke = () => {
        calls += 1;
        return Promise.resolve(
          calls > failures
            ? { kind: "answered", payload: "null" }
            : { kind: "failed", reason: "error", payload: "{}" },
        );
      };
      await invokeAsynchronously({ invoke, retries }, "{}", createFakeClock(0));
      expect(calls).toBe(expected);
    },
  );
});
