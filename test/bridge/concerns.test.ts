import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { besideOthers, type Concerns } from "../../bridge/concerns.ts";
import type { SourceEvent } from "../../bridge/source-event.ts";
import { rawRegistered, rawUnregistered } from "../support/build-event.ts";

const event = (raw: Record<string, unknown>, more: Partial<SourceEvent> = {}): SourceEvent => ({
  text: JSON.stringify(raw),
  where: "f:1",
  form: "json",
  ...more,
});
const ofDN = (thisDN: string, more: Record<string, unknown> = {}): SourceEvent =>
  event(rawRegistered({ ThisDN: thisDN, ...more }));
const concernsOf = (...events: readonly SourceEvent[]): Concerns =>
  besideOthers(events, []).concerns;

const { ServerName: _, ...unnamed } = rawRegistered();
const { ThisDN: __, ...withoutDN } = rawRegistered();
const occurrence = (name: string) => ({
  Event: name,
  ServerName: "SIPTS750",
  time: unnamed["time"],
});

/** Each is about more than one registration, or about none that is known. */
const unbounded: readonly (readonly [string, SourceEvent])[] = [
  ["an event in a session", event(rawRegistered(), { session: '{"id":"1"}' })],
  ["an event with a count of DNs", event(rawRegistered(), { registered: "7" })],
  ["an event that closes", event(rawRegistered(), { closing: "true" })],
  ["a heartbeat", event({}, { text: "", form: "heartbeat" })],
  ["the loss of a link", event(occurrence("EventLinkDisconnected"))],
  ["the loss of a T-Server", event(occurrence("EventServerDisconnected"))],
  ["the end of all registrations", event(occurrence("EventUnregisteredAll"))],
  ["a refusal", event({ ...rawUnregistered(), Event: "EventError" })],
  ["an event of another kind", event(rawRegistered({ Event: "EventRinging" }))],
  ["an event without its DN", event(withoutDN)],
  ["an event of the far future", ofDN("7001", { time: { sec: 4_000_000_000, usec: 0 } })],
  ["text that is no JSON", event({}, { text: "{" })],
];

describe("besideOthers", () => {
  it.each(unbounded)("lets nothing pass beside %s", (__, one) => {
    expect(besideOthers([ofDN("1")], [concernsOf(ofDN("2"), one)]).events).toEqual([]);
    expect(besideOthers([ofDN("1")], [concernsOf(ofDN("2")), concernsOf(one)]).events).toEqual([]);
  });

  it.each(unbounded)("holds back %s, and what is behind it", (__, one) => {
    const [before, behind] = [ofDN("1"), ofDN("2")];
    const { events, concerns } = besideOthers([before, one, behind], [concernsOf(ofDN("3"))]);
    expect(events).toEqual([before]);
    expect(concerns).toEqual(concernsOf(before));
  });

  it.each(unbounded)("lets %s pass where nothing is under way", (__, one) => {
    const all = [ofDN("1"), one, ofDN("1"), ofDN("2")];
    expect(besideOthers(all, []).events).toEqual(all);
    expect(concernsOf(one)).toEqual(new Set([undefined]));
  });

  const cloudEvent = { specversion: "1.0", source: "SIPTS750", data: unnamed };
  it.each([
    ["its unregistration", event(rawUnregistered())],
    ["the server name of the envelope", event(unnamed, { serverName: "SIPTS750" })],
    ["the server name as Server", event({ ...unnamed, Server: "SIPTS750" })],
    ["the source of a CloudEvent", event(cloudEvent, { form: "cloudevents" })],
    ["its DN alone, where only the key has the server", event({ ...unnamed, Server: 65_200 })],
    ["its DN alone, where the servers differ", ofDN("7001", { ServerName: "B" })],
    ["T-Library's names", event({ ...occurrence("EventUnregistered"), AttributeThisDN: "7001" })],
  ])("knows a DN again by %s", (__, one) => {
    expect(besideOthers([one], [concernsOf(ofDN("7001"))]).events).toEqual([]);
    expect(besideOthers([ofDN("7001")], [concernsOf(one)]).events).toEqual([]);
  });

  it("lets another DN pass", () => {
    const other = ofDN("7002");
    expect(besideOthers([other], [concernsOf(ofDN("7001"))]).events).toEqual([other]);
  });
});

/** An event and what it is about, by the test's own account. */
const arbitraryEvent: fc.Arbitrary<{ about: string | undefined; event: SourceEvent }> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(fc.nat(8), fc.constantFrom("A", "B")).map(([dn, server]) => ({
      about: `${dn}`,
      event: ofDN(String(dn), { ServerName: server }),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...unbounded).map(([, one]) => ({ about: undefined, event: one })),
  },
);

describe("what may be sent beside others", () => {
  it("is the longest beginning that shares no DN with them", () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryEvent),
        fc.array(fc.array(arbitraryEvent, { minLength: 1, maxLength: 4 }), { maxLength: 2 }),
        (waiting, others) => {
          const all = waiting.map((one) => one.event);
          const underway = others.map((one) => concernsOf(...one.map(({ event: it }) => it)));
          const { events, concerns } = besideOthers(all, underway);
          const taken = new Set(others.flat().map(({ about }) => about));
          const isHeldBack = (about: string | undefined): boolean =>
            others.length > 0 && (taken.has(undefined) || about === undefined || taken.has(about));
          const abouts = waiting.map(({ about }) => about);
          const [passed, next] = [abouts.slice(0, events.length), abouts.slice(events.length)];
          expect(events).toEqual(all.slice(0, events.length));
          expect(passed.filter(isHeldBack)).toEqual([]);
          expect(next.slice(0, 1).filter((about) => !isHeldBack(about))).toEqual([]);
          expect(concerns).toEqual(concernsOf(...events));
          expect(concerns.size).toBe(new Set(passed).size);
        },
      ),
      { numRuns: 500 },
    );
  });
});
