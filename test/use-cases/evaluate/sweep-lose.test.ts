import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { formatTime } from "../../../lambda/domain/time.ts";
import { registered, unregistered } from "../../support/build-event.ts";
import { at, connectionOf, createWatchingHarness } from "../../support/watching-harness.ts";

const dns = Array.from({ length: 200 }, (_, index) => String(7000 + index));
const isEven = (thisDN: string): boolean => Number(thisDN) % 2 === 0;

/** All DNs are registered, then the bridge reconnects and renews some; its T-Server's clock may be off. */
const reconnect = async (
  renew: (thisDN: string) => Partial<RegistrationEvent> | undefined,
  tServerAhead = 0,
) => {
  const harness = createWatchingHarness();
  const since = at(60);
  await harness.record(dns.map((thisDN) => registered({ thisDN, time: at(tServerAhead) })));
  const renewBy = at(360);
  const stale = { since, cause: "reconnect" as const, renewBy, done: false };
  harness.put(connectionOf({ seenAt: at(361), stale }));
  const renewals = dns.flatMap((thisDN) => {
    const changes = renew(thisDN);
    return changes === undefined ? [] : [registered({ thisDN, ...changes })];
  });
  harness.clock.now = at(62);
  await harness.record(renewals);
  harness.clock.now = at(361);
  await harness.evaluateConnection(connectionOf());
  await harness.drain();
  return harness;
};

describe("losing registrations that are not renewed after a reconnect", () => {
  it("keeps renewed registrations, and loses the rest as of the reconnect, never as of now", async () => {
    const { registrations, connection, metrics } = await reconnect((thisDN) =>
      isEven(thisDN) ? { time: at(61) } : undefined,
    );
    for (const { thisDN, status, verdict, statusSince, reason } of registrations()) {
      if (isEven(thisDN)) expect(status).toBe("registered");
      else {
        expect({ status, verdict, statusSince }).toEqual({
          status: "unregistered",
          verdict: "unexpected",
          statusSince: formatTime(at(60)),
        });
        expect(reason?.evidence).toBe(
          `not registered again after the reconnect at ${formatTime(at(60))}`,
        );
      }
    }
    expect(connection()).toMatchObject({ stale: { done: true }, sweeps: [] });
    expect(metrics.reduce((sum, { value }) => sum + value, 0)).toBe(100);
    const kinds = metrics.map(({ name, unit }) => `${name} ${unit}`);
    expect(new Set(kinds)).toEqual(new Set(["DerivedLosses Count"]));
  });

  it("writes a row of the history for each, and only one", async () => {
    const { store } = await reconnect((thisDN) => (isEven(thisDN) ? { time: at(61) } : undefined));
    const rows = [...store.history.values()].filter(({ derived }) => derived === "reconnect");
    expect(rows).toHaveLength(100);
    expect(rows.find(({ thisDN }) => thisDN === "7001")).toMatchObject({
      id: JSON.stringify(["SIPTS750", "bridge-a", "7001", "derived", "reconnect", at(60)]),
      event: "EventUnregistered",
      outcome: "applied",
      keyId: "derived",
      time: at(60),
      receivedAt: at(361),
    });
  });

  it("loses no DN when the T-Server's clock is two minutes behind and the bridge reports sessions", async () => {
    const inSession = { time: at(61 - 120), session: at(60) };
    const { registrations } = await reconnect(() => inSession, -120);
    expect(registrations().filter(({ status }) => status !== "registered")).toEqual([]);
  });

  it("loses no DN when the T-Server sends whole seconds only", async () => {
    const wholeSecond = at(60) - (at(60) % 1_000_000);
    const { registrations } = await reconnect(() => ({ time: wholeSecond }));
    expect(registrations().filter(({ status }) => status !== "registered")).toEqual([]);
  });

  it("begins when the time to renew is over, not before", async () => {
    const harness = createWatchingHarness();
    const stale = {
      since: at(60),
      cause: "disconnect" as const,
      renewBy: at(360),
      done: false,
    };
    harness.put(connectionOf({ seenAt: at(200), stale }));
    harness.clock.now = at(359);
    await harness.evaluateConnection(connectionOf());
    expect(harness.connection()?.sweeps).toEqual([]);
    expect(harness.alerting.requests).toEqual([
      {
        message: { kind: "connection", server: "SIPTS750", application: "bridge-a" },
        delaySeconds: 1,
      },
    ]);
    harness.clock.now = at(360);
    await harness.evaluateConnection(connectionOf());
    expect(harness.connection()?.sweeps).toMatchObject([
      { purpose: { kind: "lose", since: at(60), cause: "disconnect" }, progressAt: at(360) },
    ]);
  });

  it("is requested once, although the connection is evaluated twice", async () => {
    const harness = createWatchingHarness();
    const stale = {
      since: at(60),
      cause: "reconnect" as const,
      renewBy: at(360),
      done: false,
    };
    harness.put(connectionOf({ seenAt: at(361), stale }));
    harness.clock.now = at(361);
    await harness.evaluateConnection(connectionOf());
    await harness.evaluateConnection(connectionOf());
    expect(harness.alerting.requests.map(({ message }) => message.kind)).toEqual(["sweep"]);
  });

  it("gives way to a newer reconnect", async () => {
    const harness = createWatchingHarness();
    await harness.record([registered()]);
    const purpose = { kind: "lose" as const, since: at(60), cause: "reconnect" as const };
    const stale = {
      since: at(90),
      cause: "reconnect" as const,
      renewBy: at(390),
      done: false,
    };
    const sweeps = [{ id: "lose-1", purpose, progressAt: at(361) }];
    harness.put(connectionOf({ seenAt: at(361), stale, sweeps }));
    await harness.sweep({ sweepId: "lose-1" });
    expect(harness.registrations()).toMatchObject([{ status: "registered" }]);
    expect(harness.connection()).toMatchObject({ sweeps: [], stale: { done: false } });
  });

  it("finds DNs that another application has lost before", async () => {
    const harness = createWatchingHarness();
    const b = { application: "bridge-b" };
    await harness.record([registered(), registered(b), unregistered({ ...b, time: at(1) })]);
    const stale = { since: at(60), cause: "reconnect" as const, renewBy: at(360), done: false };
    harness.put(connectionOf({ seenAt: at(361), stale }));
    harness.clock.now = at(361);
    await harness.evaluateConnection(connectionOf());
    await harness.drain();
    expect(harness.registrations()).toMatchObject([{ status: "unregistered" }]);
  });

  it("leaves other applications' registrations unchanged", async () => {
    const harness = createWatchingHarness();
    await harness.record([registered(), registered({ application: "bridge-b" })]);
    const stale = {
      since: at(60),
      cause: "reconnect" as const,
      renewBy: at(360),
      done: false,
    };
    harness.put(connectionOf({ seenAt: at(361), stale }));
    harness.clock.now = at(361);
    await harness.evaluateConnection(connectionOf());
    await harness.drain();
    expect(harness.registrations()).toMatchObject([
      {
        status: "registered",
        verdict: "unexpected",
        applications: [
          { name: "bridge-a", status: "unregistered" },
          { name: "bridge-b", status: "registered" },
        ],
      },
    ]);
  });
});
