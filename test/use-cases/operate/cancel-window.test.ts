import { expect, it } from "vitest";
import type { EvaluationRequest } from "../../../lambda/domain/alerting/evaluation-message.ts";
import { createCancelWindow } from "../../../lambda/use-cases/operate/cancel-window.ts";
import { buildLoss } from "../../support/build-loss.ts";
import { buildWindow } from "../../support/build-window.ts";

it("cancelling a window for all servers reads the held losses part by part", async () => {
  const parts = [
    { items: [buildLoss()], next: "beyond 7001" },
    { items: [buildLoss({ server: "SIPTS751" })], next: undefined },
  ];
  const ranges: object[] = [];
  const requests: EvaluationRequest[] = [];
  const cancelWindow = createCancelWindow({
    readWindows: async () => [buildWindow({ server: undefined, prefix: "7" })],
    deleteWindow: async () => true,
    readHeld: async (range) => {
      ranges.push(range);
      return parts.shift() ?? { items: [], next: undefined };
    },
    requestEvaluation: async (more) => {
      requests.push(...more);
    },
    now: () => 0,
  });
  expect(await cancelWindow("w1")).toBe(true);
  const range = { server: undefined, limit: 1000 };
  expect(ranges).toEqual([range, { ...range, from: "beyond 7001" }]);
  expect(requests).toEqual(
    ["SIPTS750", "SIPTS751"].map((server) => ({
      message: { kind: "release", server },
      delaySeconds: 0,
    })),
  );
});
