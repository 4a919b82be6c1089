import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { toChangeMessage } from "../../../lambda/domain/message/change-message.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import { applyStaleness } from "../../../lambda/domain/status/apply-staleness.ts";
import { timeOfChange } from "../../../lambda/domain/status/change.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { arbitraryEvent } from "../../support/arbitrary-event.ts";
import { baseTime, registered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";

/** An event, or a bridge that falls silent or speaks again; our clock may stand still, or go back. */
const arbitraryStep = fc.record({
  what: fc.oneof(arbitraryEvent, fc.boolean()),
  now: fc.integer({ min: baseTime, max: baseTime + 5 }),
});

const take = (
  before: RegistrationStatus | undefined,
  what: RegistrationEvent | boolean,
  now: number,
): RegistrationStatus | undefined => {
  if (typeof what !== "boolean") return advance(before, [what], now);
  return before && applyStaleness(before, "bridge-a", what, now);
};

const idOf = (status: RegistrationStatus): string => toChangeMessage(undefined, status).event.id;

describe("the time of a change", () => {
  it("is by our clock, and after every change before it", () => {
    const status = statusAfter(registered());
    const { changedAt } = status;
    expect(timeOfChange(undefined, baseTime)).toBe(baseTime);
    expect(timeOfChange(status, changedAt + 7)).toBe(changedAt + 7);
    expect(timeOfChange(status, changedAt)).toBe(changedAt + 1);
    expect(timeOfChange(status, changedAt - 9)).toBe(changedAt + 1);
  });

  it("gives every published change of an item an id of its own, and a refresh that of the change before it", () => {
    fc.assert(
      fc.property(fc.array(arbitraryStep, { maxLength: 40 }), (steps) => {
        const ids: string[] = [];
        let status: RegistrationStatus | undefined;
        for (const { what, now } of steps) {
          const before = status;
          status = take(before, what, now);
          if (status === undefined || status === before) continue;
          if (status.changed) ids.push(idOf(status));
          else if (before !== undefined) expect(idOf(status)).toBe(idOf(before));
        }
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ""))).toBe(true);
      }),
    );
  });
});
