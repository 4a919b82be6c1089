import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baseTime, registered } from "../../support/build-event.ts";
import {
  type Around,
  at,
  connectionOf,
  createWatchingHarness,
  rulesWith,
  type WatchingHarness,
} from "../../support/watching-harness.ts";

const since = at(60);
const thisDNs = ["7001", "7002", "7003", "7004", "7005"];
const stale = { since, cause: "reconnect" as const, renewBy: at(360), done: false };

/** When a DN was registered before the reconnect, and how it is renewed after it, if at all. */
const dnArbitrary = fc.record({
  renewal: fc.constantFrom<"none" | "by time" | "by session">("none", "by time", "by session"),
  other: fc.boolean(),
});
type Dn = { renewal: "none" | "by time" | "by session"; other: boolean };

const before = (dns: readonly Dn[]) =>
  dns.flatMap(({ other }, index) => {
    const thisDN = thisDNs[index] ?? "";
    const own = registered({ thisDN, time: at(-900) });
    return other ? [own, registered({ thisDN, application: "bridge-b" })] : [own];
  });
const renewals = (dns: readonly Dn[]) =>
  dns.flatMap(({ renewal }, index) => {
    const thisDN = thisDNs[index] ?? "";
    if (renewal === "none") return [];
    return [
      renewal === "by time"
        ? registered({ thisDN, time: since + 1 })
        : registered({ thisDN, time: at(-60), session: since }),
    ];
  });

/** What readers see of bridge-a's registrations in the end, in whatever order messages came. */
const seen = ({ registrations }: WatchingHarness) =>
  registrations().flatMap(({ applications }) =>
    applications
      .filter(({ name }) => name === "bridge-a")
      .map(({ status, reason, stale: isStale = false }) => ({
        status,
        evidence: reason?.evidence,
        isStale,
      })),
  );
const expected = (dns: readonly Dn[], isSilent: boolean) =>
  dns.map(({ renewal }) =>
    renewal === "none"
      ? {
          status: "unregistered",
          evidence: "not registered again after the reconnect at 2026-11-20T02:59:00.123456Z",
          isStale: false,
        }
      : { status: "registered", evidence: undefined, isStale: isSilent },
  );

/** Handles messages of the queue until there are none; one that fails comes again, and some come twice. */
const work = async ({ alerting, run }: WatchingHarness, repeats: Iterator<boolean>) => {
  for (let next = alerting.requests.shift(); next; next = alerting.requests.shift()) {
    if (repeats.next().value === true) alerting.requests.push(next);
    if (next.message.kind === "connection" && next.delaySeconds > 0) continue;
    await run(next.message).catch(() => alerting.requests.push(next));
  }
};

/** The scheduled run finds what lost messages leave open: here much later. */
const settle = async (harness: WatchingHarness, isSilent: boolean) => {
  for (const seconds of [1000, 2000]) {
    harness.clock.now = at(seconds);
    const current = harness.connection() ?? connectionOf();
    const seenAt = isSilent ? current.seenAt : at(seconds);
    harness.put({ ...current, seenAt, revision: current.revision + 1 });
    await harness.evaluateConnection(connectionOf());
    await harness.drain();
  }
};

describe("several evaluators at once", () => {
  it("lead to the same result, whatever comes first, comes twice or dies in between", async () => {
    const scenario = fc.record({
      dns: fc.array(dnArbitrary, { minLength: 1, maxLength: thisDNs.length }),
      isHeardMeanwhile: fc.boolean(),
      isSilent: fc.boolean(),
      repeats: fc.infiniteStream(fc.boolean()),
      deaths: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), scenario, async (s, one) => {
        let calls = 0;
        const phase: { isCalm: boolean } = { isCalm: true };
        const around: Around =
          (port) =>
          async (...args) => {
            if (phase.isCalm) return port(...args);
            calls += 1;
            const dies = one.deaths.includes(calls);
            const result = await port(...args);
            await s.schedule(Promise.resolve());
            // After it was done: the caller does not know.
            if (dies) throw new Error("died");
            return result;
          };
        const harness = createWatchingHarness(rulesWith(), around);
        await harness.record(before(one.dns));
        harness.put(connectionOf({ seenAt: baseTime, stale }));
        harness.clock.now = at(400);
        const message = {
          kind: "connection",
          server: "SIPTS750",
          application: "bridge-a",
        } as const;
        harness.alerting.requests.push({ message, delaySeconds: 0 }, { message, delaySeconds: 0 });
        const hear = async (seconds: number) => {
          await s.schedule(Promise.resolve());
          const current = harness.connection() ?? connectionOf();
          harness.put({ ...current, seenAt: at(seconds), revision: current.revision + 1 });
          harness.alerting.requests.push({ message, delaySeconds: 0 });
        };
        const renew = () => harness.record(renewals(one.dns));
        phase.isCalm = false;
        await s.waitFor(
          Promise.all([
            work(harness, one.repeats),
            renew().catch(() => undefined),
            work(harness, one.repeats),
            one.isHeardMeanwhile ? hear(398) : undefined,
          ]),
        );
        phase.isCalm = true;
        await renew();
        await s.waitFor(hear(399));
        await settle(harness, one.isSilent);
        // Under a silent bridge nothing is lost that was not lost before: no application could renew it.
        const isDecided = ({ renewal }: Dn) => renewal !== "none" || !one.isSilent;
        const decided = <Item>(items: readonly Item[]) =>
          items.filter((_, index) => one.dns.slice(index, index + 1).every(isDecided));
        expect(decided(seen(harness))).toEqual(decided(expected(one.dns, one.isSilent)));
        const { done } = harness.connection()?.stale ?? {};
        expect([one.isSilent || done, harness.connection()?.sweeps]).toEqual([true, []]);
      }),
      { numRuns: 300 },
    );
  });
});
