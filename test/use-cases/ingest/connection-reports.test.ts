import { describe, expect, it } from "vitest";
import type { ReadEvent } from "../../../lambda/domain/event/read-event.ts";
import type { Envelope } from "../../../lambda/domain/request/envelope.ts";
import { connectionReportsOf } from "../../../lambda/use-cases/ingest/connection-reports.ts";
import { baseTime, bridgeKey, registered, unregistered } from "../../support/build-event.ts";
import { connectionEvent } from "../../support/build-report.ts";

const taken = (event: ReturnType<typeof registered>): ReadEvent => ({
  kind: "event",
  event,
  warnings: [],
});
const rejected = (...codes: string[]): ReadEvent => ({
  kind: "rejected",
  problems: codes.map((code) => ({ pointer: "", code, detail: "" })),
});
const named = (value: unknown): Envelope => ({ serverName: { pointer: "/serverName", value } });
const reportsOf = (reads: ReadEvent[], envelope: Envelope = {}, serverName?: string) =>
  connectionReportsOf({ reads, envelope, key: bridgeKey({ serverName }), at: baseTime });
const serversOf = (...request: Parameters<typeof reportsOf>) =>
  reportsOf(...request).map(({ server }) => server);

describe("the connections that a request is about", () => {
  it.each<[string, string[], ...Parameters<typeof reportsOf>]>([
    ["none, where nothing names a server", [], []],
    ["the envelope's", ["S"], [], named("S"), "KEY"],
    ["the key's", ["KEY"], [], {}, "KEY"],
    ["the key's where the envelope's name is impossible", ["KEY"], [], named(5), "KEY"],
    ["the key's for events that are ignored", ["KEY"], [{ kind: "ignored" }], {}, "KEY"],
    ["those of the events", ["SIPTS750"], [taken(registered())], {}, "KEY"],
    [
      "those of the events and the envelope's",
      ["SIPTS750", "A", "S"],
      [taken(registered()), taken(unregistered({ server: "A" }))],
      named("S"),
    ],
  ])("are %s", (_, expected, ...request) => {
    expect(serversOf(...request)).toEqual(expected);
  });
});

describe("how a bridge gets through", () => {
  it.each<[string, string, ReadEvent[]]>([
    ["sound with a heartbeat", "sound", []],
    ["sound with one valid event", "sound", [rejected("missing"), taken(registered())]],
    ["only heard with ignored events", "heard", [rejected("missing"), { kind: "ignored" }]],
    ["rejected when no event is valid", "rejected", [rejected("missing")]],
  ])("is %s", (_, expected, reads) => {
    expect(reportsOf(reads, named("S"))[0]?.health.kind).toBe(expected);
  });

  it("is decided by the most frequent problem", () => {
    const reads = [rejected("too-long"), rejected("missing"), rejected("missing", "wrong-type")];
    expect(reportsOf(reads, named("S"))[0]?.health).toEqual({
      kind: "rejected",
      detail: "missing",
    });
  });
});

describe("what a request says about a connection", () => {
  const said = { session: { id: "a", startedAt: 5 }, registered: 7, closing: true };
  const none = { session: undefined, registered: undefined, isClosing: false, isHeartbeat: false };

  it("is what the envelope says, about the server that it names", () => {
    const reads = [taken(registered())];
    expect(reportsOf(reads, { ...named("S"), ...said })).toMatchObject([
      { server: "SIPTS750", ...none },
      { server: "S", session: said.session, registered: 7, isClosing: true, isHeartbeat: true },
    ]);
    expect(reportsOf(reads, said)).toMatchObject([{ server: "SIPTS750", registered: 7 }]);
    expect(reportsOf(reads)).toMatchObject([none]);
  });

  it.each<[string, boolean, ReadEvent[], Envelope]>([
    ["no event", true, [], {}],
    ["a session", true, [taken(registered())], { session: said.session }],
    ["a count", true, [taken(registered())], { registered: 0 }],
    ["events alone", false, [taken(registered())], { closing: true }],
  ])("is a heartbeat with %s: %s", (_, expected, reads, envelope) => {
    const [first] = reportsOf(reads, { ...named("SIPTS750"), ...envelope });
    expect(first?.isHeartbeat).toBe(expected);
  });

  it("is its events about connections, and when it last registered, server by server", () => {
    const down = connectionEvent("EventLinkDisconnected");
    const reads: ReadEvent[] = [
      { kind: "connection", event: down, warnings: [] },
      taken(registered({ time: 9 })),
      taken(registered({ time: 8 })),
      taken(unregistered({ time: 10, server: "A" })),
    ];
    expect(reportsOf(reads)).toMatchObject([
      { server: "SIPTS750", events: [down], registeredAt: 9 },
      { server: "A", events: [], registeredAt: undefined },
    ]);
  });
});
