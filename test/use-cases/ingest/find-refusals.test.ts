import { describe, expect, it, vi } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import {
  createFindRefusals,
  isRegistrationRefused,
} from "../../../lambda/use-cases/ingest/find-refusals.ts";
import { createRecordEvents } from "../../../lambda/use-cases/record-events.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { buildReport } from "../../support/build-report.ts";
import { createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";
import { defaultRules } from "../../support/ingest-harness.ts";
import { statusAfter } from "../../support/status-after.ts";

const error = (changes: Partial<RegistrationEvent> = {}) =>
  unregistered({ derived: "refused", time: baseTime + 9, errorCode: 59, ...changes });

const setUp = async (...events: RegistrationEvent[]) => {
  const store = createInMemoryStore();
  const readStatuses = vi.fn(store.readStatuses);
  const alerting = createInMemoryAlerting();
  await createRecordEvents({ ...store, now: () => baseTime })(events, "key_1");
  const find = createFindRefusals({ ...alerting, readStatuses, rules: defaultRules });
  const isRefused = async (
    reported: { events?: RegistrationEvent[]; startedAt?: number } = {},
    one = error(),
  ) => {
    const { events = [], startedAt } = reported;
    const session = startedAt === undefined ? undefined : { id: "a", startedAt };
    const reports = [buildReport({ session }), buildReport({ server: "AVAYATS1" })];
    return (await find({ errors: [one], events, reports })).has(one.id);
  };
  return { find, isRefused, readStatuses };
};

describe("an error refuses a registration", () => {
  it("that is unknown", async () => {
    expect(await (await setUp()).isRefused()).toBe(true);
    const ofAnother = await setUp(registered({ application: "bridge-b" }));
    expect(await ofAnother.isRefused()).toBe(true);
  });

  it("that is gone", async () => {
    const { isRefused } = await setUp(registered(), unregistered({ time: baseTime + 1 }));
    expect(await isRefused()).toBe(true);
  });

  it("that is stale, and the session that makes it so may come with it", async () => {
    const { isRefused } = await setUp(registered());
    expect(await isRefused({ startedAt: baseTime + 1 })).toBe(true);
    expect(await isRefused({ startedAt: baseTime - 1 })).toBe(false);
  });

  it("that still reads stale, whatever its connection says by now", () => {
    const [application] = Object.values(statusAfter(registered()).applications);
    if (application === undefined) throw new Error("no application");
    expect(isRegistrationRefused(application, undefined)).toBe(false);
    expect(isRegistrationRefused({ ...application, stale: true }, undefined)).toBe(true);
  });

  it("never one that stands, even if it stands only by an event of the same request", async () => {
    const { isRefused } = await setUp(registered());
    expect(await isRefused()).toBe(false);
    expect(await isRefused({ events: [unregistered({ time: baseTime + 1 })] })).toBe(true);
    const unknown = await setUp();
    expect(await unknown.isRefused({ events: [registered({ server: "AVAYATS1" })] })).toBe(true);
    expect(await unknown.isRefused({ events: [registered()] })).toBe(false);
  });

  it("and costs nothing where there is no error", async () => {
    const { find, readStatuses } = await setUp();
    readStatuses.mockClear();
    expect(await find({ errors: [], events: [registered()], reports: [] })).toEqual(new Set());
    expect(readStatuses).not.toHaveBeenCalled();
  });

  it("and several about one DN are one read", async () => {
    const { find, readStatuses } = await setUp();
    readStatuses.mockClear();
    const errors = [error(), error({ time: baseTime + 10 })];
    expect((await find({ errors, events: [], reports: [] })).size).toBe(2);
    expect(readStatuses.mock.calls[0]?.[0]).toHaveLength(1);
  });
});
