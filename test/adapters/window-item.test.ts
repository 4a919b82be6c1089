import { describe, expect, it } from "vitest";
import { fromWindowItem, toWindowItem } from "../../lambda/adapters/window-item.ts";
import { baseTime } from "../support/build-event.ts";

const window = {
  id: "window-1",
  start: baseTime,
  end: baseTime + 3_600_000_000,
  reason: "new cabling",
  author: "Ada",
  createdAt: baseTime,
};

describe("the window item", () => {
  it("is sorted by its end, and expires the retention after it", () => {
    const item = toWindowItem(window, 400);
    expect(item).toMatchObject({
      kind: { S: "window" },
      windowKey: { S: expect.stringMatching(/^2026-.{21}Z#window-1$/) },
      expiresAt: { N: String(Math.ceil(window.end / 1_000_000) + 400 * 86_400) },
    });
    expect(fromWindowItem(item)).toEqual(window);
  });

  it("is not a window without its members", () => {
    expect(() => fromWindowItem({ kind: { S: "window" } })).toThrow();
  });
});
