import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunks } from "../../../lambda/async/chunks.ts";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { toChangeMessage } from "../../../lambda/domain/message/change-message.ts";
import type { OutgoingMessage } from "../../../lambda/domain/message/outgoing-message.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { createRebuildChangeMessage } from "../../../lambda/use-cases/fanout/rebuild-change-message.ts";
import { createRecordEvents } from "../../../lambda/use-cases/record-events.ts";
import { arbitraryEventOfMany } from "../../support/arbitrary-event.ts";
import { baseTime, registered, retired, unregistered } from "../../support/build-event.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";

const minute = 60_000_000;
const day = 24 * 60 * minute;
const keyOf = ({ thisDN, server }: RegistrationStatus): string => JSON.stringify([thisDN, server]);

/** Ingest with a clock that goes on by a millisecond at each reading, and what fanout makes of its writes. */
const createIngest = (start = baseTime + minute) => {
  const store = createInMemoryStore();
  const published = new Map<string, OutgoingMessage[]>();
  let clock = start;
  const writeStatus = async (status: RegistrationStatus) => {
    const before = structuredClone(store.statuses.get(keyOf(status)));
    const result = await store.writeStatus(status);
    const messages = status.changed ? [toChangeMessage(before, status)] : [];
    published.set(keyOf(status), [...(published.get(keyOf(status)) ?? []), ...messages]);
    return result;
  };
  const now = () => {
    clock += 1_000;
    return clock;
  };
  const record = createRecordEvents({ ...store, writeStatus, now });
  const rebuild = createRebuildChangeMessage(store.walkHistory);
  return {
    store,
    published,
    record: (...events: RegistrationEvent[]) => record(events, "key"),
    rebuild,
  };
};

const dataOf = (message: OutgoingMessage | undefined): object => message?.event.data ?? {};
const memberOf = (message: OutgoingMessage | undefined, name: string) =>
  new Map<string, unknown>(Object.entries(dataOf(message))).get(name);
const previousOf = (message: OutgoingMessage | undefined) => memberOf(message, "previousStatus");
const previousCustomerOf = (message: OutgoingMessage | undefined) =>
  memberOf(message, "previousCustomerID");

describe("the message about a change, made again,", () => {
  it("has the newest change's id, type, time and previous status, whatever was refreshed since", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryEventOfMany, { minLength: 1, maxLength: 25 }),
        async (events) => {
          const { store, published, record, rebuild } = createIngest();
          for (const event of events) await record(event);
          for (const [key, status] of store.statuses) {
            const messages = published.get(key) ?? [];
            const first = messages.at(-1);
            const again = await rebuild(status);
            expect(again?.event.id).toBe(first?.event.id);
            expect(again?.event.type).toBe(first?.event.type);
            expect(again?.event.time).toBe(first?.event.time);
            expect(previousOf(again)).toBe(previousOf(first));
            expect(previousCustomerOf(again)).toBe(previousCustomerOf(first));
            expect(new Set(messages.map(({ event }) => event.id)).size).toBe(messages.length);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is the same message where nothing was refreshed since", async () => {
    const ofOneDn = arbitraryEventOfMany.map(
      (event): RegistrationEvent => ({ ...event, thisDN: "7001", server: "SIPTS750" }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(ofOneDn, { minLength: 1, maxLength: 15 }), async (events) => {
        const { store, published, record, rebuild } = createIngest();
        for (const event of events) {
          await record(event);
          const [status] = store.statuses.values();
          if (status?.changed !== true) continue;
          expect(await rebuild(status)).toEqual(published.get(keyOf(status))?.at(-1));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("knows the previous customer from an unregistration before the newest registration", async () => {
    const { store, published, record, rebuild } = createIngest();
    await record(unregistered({ time: baseTime - 2 * minute, customerID: "acme" }));
    await record(registered({ time: baseTime - minute }));
    await record(registered({ customerID: "other" }));
    const [status] = store.statuses.values();
    const message = status && (await rebuild(status));
    expect(previousCustomerOf(message)).toBe("acme");
    expect([message]).toEqual(status && published.get(keyOf(status))?.slice(-1));
  });

  it("knows the previous status beyond thousands of events of another bridge", async () => {
    const { store, record, rebuild } = createIngest();
    const noise = Array.from({ length: 6_000 }, (_, index) =>
      registered({ application: "bridge-noisy", time: baseTime + index }),
    );
    await record(registered({ time: baseTime - minute }));
    for (const some of chunks(noise, 500)) await record(...some);
    await record(unregistered({ application: "bridge-noisy", time: baseTime + minute }));
    await record(registered({ time: baseTime + 2 * minute }));
    const [status] = store.statuses.values();
    const message = status && (await rebuild(status));
    expect(message?.event.type).toBe("registration.updated");
    expect(previousOf(message)).toBe("registered");
  });

  it("reads no further back than each application's newest registration and the customer", async () => {
    const { store, record } = createIngest();
    const times = [0, 1, 2, 3].map((minutes) => baseTime - minutes * minute);
    for (const time of times)
      await record(registered({ time, referenceID: time, customerID: "acme" }));
    await record(unregistered({ time: baseTime + minute }));
    let read = 0;
    const rebuild = createRebuildChangeMessage(async function* walk(range) {
      for await (const row of store.walkHistory(range)) {
        read += 1;
        yield row;
      }
    });
    const [status] = store.statuses.values();
    expect(previousOf(status && (await rebuild(status)))).toBe("registered");
    expect(read).toBe(3);
  });

  it("shows the registration as it is now", async () => {
    const { store, record, rebuild } = createIngest();
    await record(registered({ time: baseTime }));
    await record(registered({ time: baseTime + minute, referenceID: 89 }));
    const [status] = store.statuses.values();
    const message = status && (await rebuild(status));
    expect(message?.event).toMatchObject({ sequence: "000000000002", data: { thisDN: "7001" } });
    expect(dataOf(message)).toHaveProperty("confirmedAt", "2026-11-20T02:59:00.123456Z");
  });

  it("knows the status before it from the status itself, where the history has dropped it", async () => {
    const { store, record, rebuild } = createIngest();
    await record(registered({ time: baseTime - 2 * day }));
    store.history.clear();
    await record(unregistered());
    const [status] = store.statuses.values();
    const message = status && (await rebuild(status));
    expect(message?.event.type).toBe("registration.unregistered");
    expect(dataOf(message)).toHaveProperty("previousStatus", "registered");
  });

  it("does not take the change itself for the status before it, where its row is not there yet", async () => {
    const { store, record, rebuild } = createIngest();
    await record(registered({ time: baseTime - minute }));
    const rows = [...store.history];
    await record(unregistered());
    store.history.clear();
    for (const [key, row] of rows) store.history.set(key, row);
    const [status] = store.statuses.values();
    const message = status && (await rebuild(status));
    expect(message?.event.type).toBe("registration.unregistered");
  });

  it("is absent for the retirement of an unknown DN", async () => {
    const { store, record, rebuild } = createIngest();
    await record(retired());
    const [status] = store.statuses.values();
    expect(status && (await rebuild(status))).toBeUndefined();
  });
});
