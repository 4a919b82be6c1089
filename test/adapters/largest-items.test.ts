import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toAlertItem } from "../../lambda/adapters/alert-item.ts";
import { toLossItem } from "../../lambda/adapters/loss-item.ts";
import { toMessageText } from "../../lambda/adapters/message-text.ts";
import { toWindowItem } from "../../lambda/adapters/window-item.ts";
import { toAlertMessage, toAlertText } from "../../lambda/domain/message/alert-message.ts";
import { toChangeMessage } from "../../lambda/domain/message/change-message.ts";
import { maxWindowBytes } from "../../lambda/handlers/operate-bodies.ts";
import { scheduleRechecks } from "../../lambda/use-cases/evaluate/schedule-rechecks.ts";
import { lossEvaluationsOf, packRequests } from "../../lambda/use-cases/fanout/loss-evaluations.ts";
import { itemBytes } from "../../proof/bench/item-bytes.ts";
import { messageSettings } from "../support/alert-texts.ts";
import { buildWindow } from "../support/build-window.ts";
import { defaultRules } from "../support/default-rules.ts";
import { longName, unbounded } from "../support/largest-values.ts";
import { serviceLimits, snsBytesOf } from "../support/service-limits.ts";

const runs = { numRuns: 60 };
const notice = "alert.updated" as const;

describe("whatever happened, and whatever was stored before", () => {
  it("an alert can be written, and its message published", () => {
    const property = fc.property(unbounded.alert, (alert) => {
      expect(itemBytes(toAlertItem(alert, 400))).toBeLessThanOrEqual(serviceLimits.item);
      const message = toAlertMessage({ ...alert, notice }, messageSettings);
      expect(snsBytesOf(message)).toBeLessThanOrEqual(serviceLimits.message);
      const text = toAlertText({ ...alert, notice }, message, messageSettings);
      expect(Buffer.byteLength(toMessageText([text.text, text.sms]))).toBeLessThan(50_000);
    });
    fc.assert(property, runs);
  });

  it("a loss can be written", () => {
    const property = fc.property(unbounded.loss, (loss) => {
      expect(itemBytes(toLossItem(loss, 400))).toBeLessThanOrEqual(serviceLimits.item);
    });
    fc.assert(property, runs);
  });

  it("a change can be published, and the evaluator be asked about ten of them", () => {
    const property = fc.property(unbounded.status, (status) => {
      expect(snsBytesOf(toChangeMessage(undefined, status))).toBeLessThanOrEqual(
        serviceLimits.message,
      );
      const requests = Array.from({ length: 10 }, (_, index) => {
        const thisDN = longName("語", index, 255);
        const before = { ...status, thisDN, alertId: `alert-${"a".repeat(22)}` };
        const after = { ...before, alertId: `alert-${"b".repeat(22)}` };
        return lossEvaluationsOf({ before, after }, defaultRules);
      });
      for (const { message } of packRequests(requests.flat()))
        expect(Buffer.byteLength(toMessageText(message))).toBeLessThan(serviceLimits.message);
    });
    fc.assert(property, runs);
  });

  it("the evaluator can ask itself about thousands of losses again", () => {
    const decided = Array.from({ length: 2_000 }, (_, index) => ({
      snapshot: {
        key: { thisDN: longName("𝄞", index, 255), server: "S", lossId: `alert-${index}` },
        status: undefined,
        loss: undefined,
        alert: undefined,
      },
      decision: { kind: "wait" as const, seconds: 30, loss: undefined },
    }));
    for (const { message } of scheduleRechecks(longName("𝄞", 0, 128), decided))
      expect(Buffer.byteLength(toMessageText(message))).toBeLessThan(serviceLimits.message);
  });

  it("a window of as many DNs as a body holds can be written", () => {
    const thisDNs = Array.from({ length: 1_000 }, (_, index) => longName("語", index, 255));
    const fitting = thisDNs.slice(0, Math.floor(maxWindowBytes / 760));
    const item = toWindowItem(buildWindow({ thisDNs: fitting, reason: "語".repeat(500) }), 400);
    expect(itemBytes(item)).toBeLessThan(serviceLimits.item);
  });
});
