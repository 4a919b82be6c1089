import { describe, expect, it, vi } from "vitest";
import type { Sweep } from "../../../lambda/domain/connection/connection.ts";
import { listStates } from "../../../lambda/domain/status/list-key.ts";
import { registered, unregistered } from "../../support/build-event.ts";
import { at, connectionOf, createWatchingHarness } from "../../support/watching-harness.ts";

const many = Array.from({ length: 1500 }, (_, index) => String(10_000 + index));
const retire = { kind: "retire" as const, at: at(100), author: "Ann", note: "moved" };
const allEvent = JSON.stringify({
  id: "all-1",
  event: "EventUnregisteredAll",
  server: "SIPTS750",
  application: "bridge-a",
  time: at(60),
  errorCode: 58,
  errorMessage: "T-Server stops",
});

/** A connection that asks for one sweep, `s`, and what its registrations are. */
const createSwept = async (purpose: Sweep["purpose"], thisDNs: readonly string[] = ["7001"]) => {
  const harness = createWatchingHarness();
  await harness.record(thisDNs.map((thisDN) => registered({ thisDN })));
  // Its last reconnect was handled long ago: these sweeps are not about it.
  const stale = { since: at(-60), cause: "reconnect" as const, renewBy: at(-1), done: true };
  harness.put(connectionOf({ stale, sweeps: [{ id: "s", purpose, progressAt: at(100) }] }));
  harness.clock.now = at(100);
  return harness;
};
const messageOf = (from: unknown) => ({
  kind: "sweep",
  server: "SIPTS750",
  application: "bridge-a",
  sweepId: "s",
  from,
});

describe("a sweep", () => {
  it("continues by a message after a step when time is short", async () => {
    const { sweep, alerting, store } = await createSwept(retire, many);
    await sweep({ sweepId: "s" });
    expect(alerting.requests).toEqual([
      { message: messageOf(expect.stringMatching(/^20\d\d-.*#SIPTS750$/)), delaySeconds: 0 },
    ]);
    const retired = [...store.statuses.values()].filter(({ revision }) => revision === 2);
    expect(retired.length).toBeGreaterThan(100);
    expect(retired.length).toBeLessThan(1000);
  });

  it("continues at once while there is time, and checks once more what changed last", async () => {
    const { sweep, alerting, registrations, connection } = await createSwept(retire, many);
    await sweep({ sweepId: "s" }, false);
    expect(registrations().filter(({ status }) => status === "registered")).toEqual([]);
    expect(alerting.requests).toEqual([
      { message: messageOf("last 2026-11-20T02:58:40.123456Z"), delaySeconds: 15 },
    ]);
    expect(connection()?.sweeps).toHaveLength(1);
    await sweep({ sweepId: "s", from: "last 2026-11-20T02:58:40.123456Z" });
    expect(connection()?.sweeps).toEqual([]);
  });

  it("continues where its message says", async () => {
    const { sweep, store } = await createSwept(retire, many);
    const readList = vi.spyOn(store, "readList");
    const from = "2026-11-20T02:58:00.123456Z#10999#SIPTS750";
    await sweep({ sweepId: "s", from });
    expect(new Set(readList.mock.calls.map(([{ beyond }]) => beyond))).toEqual(new Set([from]));
  });

  it("looks for what is to be retired in every list but that of the retired", async () => {
    const { sweep, store } = await createSwept(retire);
    const readList = vi.spyOn(store, "readList");
    await sweep({ sweepId: "s" });
    expect(new Set(readList.mock.calls.map(([{ state }]) => state))).toEqual(new Set(listStates));
    expect(listStates).not.toContain("retired");
  });

  it("handles a few DNs in one step, and has its connection evaluated in the end", async () => {
    const { sweep, alerting } = await createSwept(retire, ["7001", "7002"]);
    await sweep({ sweepId: "s" });
    const from = "last 2026-11-20T02:58:40.123456Z";
    expect(alerting.requests.splice(0)).toMatchObject([{ message: messageOf(from) }]);
    await sweep({ sweepId: "s", from });
    const { sweepId: _, from: __, ...connection } = messageOf(from);
    expect(alerting.requests).toEqual([
      { message: { ...connection, kind: "connection" }, delaySeconds: 0 },
    ]);
  });

  it("finds in its last pass what the lists did not show yet", async () => {
    const { sweep, store, registrations } = await createSwept(retire);
    const { readList } = store;
    vi.spyOn(store, "readList").mockResolvedValue([]);
    await sweep({ sweepId: "s" });
    vi.mocked(store.readList).mockImplementation(readList);
    expect(registrations()).toMatchObject([{ status: "registered" }]);
    await sweep({ sweepId: "s", from: "last 2026-11-20T02:57:00.000000Z" });
    expect(registrations()).toMatchObject([{ status: "unregistered" }]);
  });

  it("records its progress, every ten seconds at most", async () => {
    const { sweep, clock, connection } = await createSwept(retire, many);
    clock.now = at(109);
    await sweep({ sweepId: "s" });
    expect(connection()?.sweeps).toMatchObject([{ progressAt: at(100) }]);
    clock.now = at(110);
    await sweep({ sweepId: "s" });
    expect(connection()?.sweeps).toMatchObject([{ progressAt: at(110) }]);
  });

  it("leaves the other sweeps of its connection unchanged", async () => {
    const { sweep, put, connection, clock } = await createSwept(retire);
    const other = { id: "t", purpose: { kind: "mark" as const, stale: true }, progressAt: at(50) };
    put(connectionOf({ sweeps: [other, { id: "s", purpose: retire, progressAt: at(50) }] }));
    clock.now = at(100);
    await sweep({ sweepId: "s" });
    expect(connection()?.sweeps).toMatchObject([{ progressAt: at(50) }, { progressAt: at(100) }]);
    await sweep({ sweepId: "s", from: "last 2026" });
    expect(connection()?.sweeps).toEqual([other]);
  });

  it("may be ended twice", async () => {
    const { sweep, put, connection, readConnection } = await createSwept(retire);
    const before = connectionOf({ sweeps: [{ id: "s", purpose: retire, progressAt: at(100) }] });
    put(connectionOf());
    readConnection.mockResolvedValueOnce(before);
    await sweep({ sweepId: "s", from: "last 2026" });
    expect(connection()).toEqual(connectionOf());
  });

  it("retires registrations and losses, with author and note in the history", async () => {
    const harness = await createSwept(retire);
    await harness.record([
      unregistered({ thisDN: "7002", time: at(10) }),
      registered({ thisDN: "7003", application: "bridge-b" }),
    ]);
    await harness.drain();
    await harness.sweep({ sweepId: "s" });
    expect(harness.registrations()).toMatchObject([
      { thisDN: "7001", status: "unregistered", verdict: "expected" },
      { thisDN: "7002", status: "unregistered", verdict: "expected" },
      { thisDN: "7003", status: "registered" },
    ]);
    const rows = [...harness.store.history.values()].filter(({ event }) => event === "Retired");
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      time: at(100),
      keyId: "retirement",
      other: { author: "Ann", note: "moved" },
    });
  });

  it("retires in the name of a token: its id stands in place of a key", async () => {
    const by = { author: "crm", onBehalfOf: "Ann" };
    const { sweep, store } = await createSwept({ ...retire, ...by, tokenId: "token_1" });
    await sweep({ sweepId: "s" });
    const rows = [...store.history.values()].filter(({ event }) => event === "Retired");
    expect(rows).toMatchObject([{ keyId: "token_1" }]);
    expect(rows[0]?.other).toEqual({ ...by, note: "moved" });
  });

  it("does not retire a registration that has come back since", async () => {
    const { sweep, record, registrations } = await createSwept(retire);
    await sweep({ sweepId: "s" });
    await record([registered({ time: at(120) })]);
    await sweep({ sweepId: "s" });
    expect(registrations()).toMatchObject([{ status: "registered" }]);
  });

  it("retires a registration that came back before it was retired once more", async () => {
    const { sweep, record, registrations, put } = await createSwept(retire);
    await sweep({ sweepId: "s" });
    await record([registered({ time: at(120) })]);
    const purpose = { ...retire, at: at(200) };
    put(connectionOf({ sweeps: [{ id: "s", purpose, progressAt: at(200) }] }));
    await sweep({ sweepId: "s" });
    expect(registrations()).toMatchObject([{ status: "unregistered", verdict: "expected" }]);
  });

  it("unregisters an application's DNs as its EventUnregisteredAll says, but none that registered after it", async () => {
    const { sweep, record, registrations, metrics } = await createSwept(
      { kind: "empty", event: allEvent },
      ["7001", "7002", "7003"],
    );
    await record([
      registered({ thisDN: "7002", time: at(61) }),
      unregistered({ thisDN: "7003", time: at(5), referenceID: 7 }),
      registered({ thisDN: "7003", application: "bridge-b", time: at(5) }),
    ]);
    await sweep({ sweepId: "s" });
    expect(registrations()).toMatchObject([
      {
        status: "unregistered",
        reason: { errorCode: 58, errorMessage: "T-Server stops" },
        applications: [{ statusSince: "2026-11-20T02:59:00.123456Z" }],
      },
      { status: "registered" },
      { status: "registered", verdict: "expected" },
    ]);
    expect(metrics).toEqual([]);
  });

  it("writes the history first: after a crash, the sweep does not find a status again that has ended", async () => {
    const { sweep, store } = await createSwept({ kind: "empty", event: allEvent });
    vi.spyOn(store, "writeStatus").mockRejectedValueOnce(new Error("busy"));
    await expect(sweep({ sweepId: "s" })).rejects.toThrow("busy");
    const rows = [...store.history.values()].filter(({ event }) => event === "EventUnregistered");
    expect(rows.map(({ id }) => id)).toEqual([`["EventUnregisteredAll","all-1","7001"]`]);
    await sweep({ sweepId: "s" });
    expect(
      [...store.history.values()].filter(({ event }) => event === "EventUnregistered"),
    ).toHaveLength(1);
  });
});
