import { describe, expect, it, vi } from "vitest";
import { registered } from "../../support/build-event.ts";
import { statusKey } from "../../support/in-memory-store.ts";
import { at, connectionOf, createWatchingHarness } from "../../support/watching-harness.ts";

const dns = Array.from({ length: 300 }, (_, index) => String(7000 + index));

/** 300 DNs are registered by a bridge that is then not heard until `at(200)`. */
const fallSilent = async () => {
  const harness = createWatchingHarness();
  await harness.record(dns.map((thisDN) => registered({ thisDN })));
  harness.put(connectionOf());
  harness.clock.now = at(200);
  await harness.evaluateConnection(connectionOf());
  await harness.drain();
  const staleDns = () =>
    harness
      .registrations()
      .filter(({ applications }) => applications.some(({ stale }) => stale))
      .map(({ thisDN }) => thisDN);
  const hear = async (seconds: number) => {
    harness.put({ ...connectionOf(), ...harness.connection(), seenAt: at(seconds) });
    harness.clock.now = at(seconds);
    await harness.evaluateConnection(connectionOf());
    await harness.drain();
  };
  return { ...harness, staleDns, hear };
};

describe("marking the registrations of a silent bridge", () => {
  it("shows all of them as stale, and each is a change that is published", async () => {
    const { staleDns, store, connection } = await fallSilent();
    expect(staleDns()).toEqual(dns);
    for (const status of store.statuses.values()) {
      expect(status).toMatchObject({
        changed: true,
        changedAt: at(200),
        changedBy: "bridge-a",
        revision: 2,
      });
    }
    expect(connection()).toMatchObject({ silentSince: at(0), sweeps: [] });
  });

  it("removes the mark when the bridge is heard in the same session", async () => {
    const { staleDns, hear, store, connection } = await fallSilent();
    await hear(230);
    expect(staleDns()).toEqual([]);
    for (const status of store.statuses.values()) {
      expect(status).toMatchObject({ changed: true, changedAt: at(230), revision: 3 });
    }
    expect(connection()?.silentSince).toBeUndefined();
  });

  it("keeps the mark where a new session waits for a renewal", async () => {
    const { staleDns, hear, put, connection, record } = await fallSilent();
    const stale = { since: at(210), cause: "reconnect" as const, renewBy: at(530), done: false };
    put({ ...connectionOf(), ...connection(), stale });
    await record([registered({ thisDN: "7000", time: at(220) })]);
    await hear(230);
    expect(staleDns()).toEqual(dns.slice(1));
  });

  it("marks again where another write came first", async () => {
    const { store, hear, staleDns, record } = await fallSilent();
    const write = store.writeStatus;
    vi.spyOn(store, "writeStatus").mockImplementationOnce(async (status) => {
      await record([registered({ thisDN: status.thisDN, application: "bridge-b" })]);
      return write(status);
    });
    await hear(230);
    expect(staleDns()).toEqual([]);
  });

  it("leaves a status alone that is gone when another write came first", async () => {
    const { store, hear, staleDns } = await fallSilent();
    vi.spyOn(store, "writeStatus").mockImplementationOnce(async (status) => {
      store.statuses.delete(statusKey(status));
      return "conflict";
    });
    await hear(230);
    expect(staleDns()).toEqual([]);
    expect(store.statuses.size).toBe(dns.length - 1);
  });

  it("fails when other writers of the same status always come first", async () => {
    const { store, hear } = await fallSilent();
    vi.spyOn(store, "writeStatus").mockResolvedValue("conflict");
    await expect(hear(230)).rejects.toThrow("others wrote a status 20 times");
  });

  it("repeats the marks when the bridge is heard in the middle of it", async () => {
    const harness = createWatchingHarness();
    await harness.record([registered()]);
    const sweeps = [
      { id: "s", purpose: { kind: "mark" as const, stale: true }, progressAt: at(0) },
    ];
    harness.put(connectionOf({ silentSince: at(0), sweeps }));
    const write = harness.store.writeStatus;
    vi.spyOn(harness.store, "writeStatus").mockImplementationOnce(async (status) => {
      harness.put(connectionOf({ seenAt: at(200) }));
      return write(status);
    });
    await harness.sweep({ sweepId: "s" });
    expect(harness.registrations()[0]?.applications[0]?.stale).toBeUndefined();
  });

  it("fails when the bridge comes and goes all the time", async () => {
    const harness = createWatchingHarness();
    await harness.record([registered()]);
    harness.put(connectionOf());
    let silentSince = 0;
    harness.readConnection.mockImplementation(async () => {
      silentSince += 1;
      return connectionOf({ silentSince });
    });
    await expect(harness.sweep({ sweepId: "over" })).rejects.toThrow(
      "others wrote a connection 20 times",
    );
  });

  it("repeats the marks when a pending renewal is no longer needed", async () => {
    const { sweep, staleDns, put, readConnection } = await fallSilent();
    const stale = { since: at(210), cause: "reconnect" as const, renewBy: at(530), done: false };
    const waiting = connectionOf({ stale });
    put(connectionOf({ stale: { ...stale, since: at(-10) } }));
    readConnection.mockResolvedValueOnce(waiting).mockResolvedValueOnce(waiting);
    await sweep({ sweepId: "over" });
    expect(staleDns()).not.toContain("7000");
  });

  it("leaves a status unchanged that its application was never in", async () => {
    const harness = createWatchingHarness();
    await harness.record([registered({ application: "bridge-b" })]);
    harness.put(connectionOf());
    await harness.sweep({ sweepId: "over" });
    expect([...harness.store.statuses.values()]).toMatchObject([{ revision: 1 }]);
  });

  it("does nothing for a connection that is gone", async () => {
    const harness = createWatchingHarness();
    await harness.record([registered()]);
    harness.put(connectionOf());
    harness.readConnection.mockResolvedValueOnce(connectionOf()).mockResolvedValueOnce(undefined);
    await harness.sweep({ sweepId: "over" });
    harness.readConnection
      .mockResolvedValueOnce(connectionOf())
      .mockResolvedValueOnce(connectionOf())
      .mockResolvedValueOnce(undefined);
    await harness.sweep({ sweepId: "over" });
    harness.readConnection.mockResolvedValueOnce(undefined);
    await harness.sweep({ sweepId: "over" });
    expect([...harness.store.statuses.values()]).toMatchObject([{ revision: 1 }]);
  });
});
