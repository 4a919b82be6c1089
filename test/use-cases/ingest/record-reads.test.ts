import { describe, expect, it, vi } from "vitest";
import type { ReadEvent } from "../../../lambda/domain/event/read-event.ts";
import { toEntry } from "../../../lambda/domain/request/entry.ts";
import type { FindRefusals } from "../../../lambda/use-cases/ingest/find-refusals.ts";
import { createRecordReads, recordedOf } from "../../../lambda/use-cases/ingest/record-reads.ts";
import { baseTime, bridgeKey, registered, unregistered } from "../../support/build-event.ts";

const event = registered();
const refusal = unregistered({ time: baseTime + 1 });
const other = unregistered({ thisDN: "7002" });
const reads: ReadEvent[] = [
  { kind: "ignored" },
  { kind: "refusal", event: other, warnings: [] },
  { kind: "rejected", problems: [] },
  { kind: "event", event, warnings: [] },
  { kind: "refusal", event: refusal, warnings: [] },
];

const record = async () => {
  const findRefusals = vi.fn<FindRefusals>(async () => new Set([refusal.id]));
  const recordReads = createRecordReads({
    findRefusals,
    recordEvents: async (events) => events.map(() => "applied"),
  });
  const entry = toEntry("", {});
  const request = { envelope: {}, key: bridgeKey(), at: baseTime };
  const settled = await recordReads(
    reads.map((read) => ({ entry, read })),
    request,
  );
  return { settled, findRefusals };
};

describe("recording what a request says about registrations", () => {
  it("asks which of its errors refuse a registration, by its events", async () => {
    const { findRefusals } = await record();
    expect(findRefusals.mock.calls).toMatchObject([
      [{ errors: [other, refusal], events: [event] }],
    ]);
  });

  it("gives each outcome to the event that was recorded, and returns which those were", async () => {
    const { settled } = await record();
    const outcomes = settled.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["ignored", "ignored", "rejected", "applied", "applied"]);
    expect(recordedOf(settled)).toEqual([event, refusal]);
  });
});
