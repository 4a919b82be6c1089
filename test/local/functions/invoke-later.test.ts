import { describe, expect, it } from "vitest";
import { invokeLater } from "../../../local/functions/invoke-later.ts";
import { createFakeClock } from "../../support/fake-clock.ts";

describe("invoking without waiting for the answer", () => {
  it.each([
    [0, 1],
    [1, 2],
    [2, 3],
    [9, 3],
  ])("with %d failures at first invokes %d times", async (failures, expected) => {
    let calls = 0;
    await invokeLater(
      () => {
        calls += 1;
        return Promise.resolve(
          calls > failures
            ? { kind: "answered", payload: "null" }
            : { kind: "failed", reason: "error", payload: "{}" },
        );
      },
      "{}",
      createFakeClock(0),
    );
    expect(calls).toBe(expected);
  });
});
