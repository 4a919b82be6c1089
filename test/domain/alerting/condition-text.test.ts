import { describe, expect, it } from "vitest";
import {
  bridgeEndText,
  serverEndText,
} from "../../../lambda/domain/alerting/condition-outcome-text.ts";
import {
  blindText,
  type ConditionText,
  mismatchText,
  serverClockText,
  serverText,
  silenceText,
} from "../../../lambda/domain/alerting/condition-text.ts";
import type { Outage } from "../../../lambda/domain/connection/outage.ts";
import { readHeadline, textOf } from "../../support/alert-texts.ts";
import { at, connectionOf } from "../../support/watching-harness.ts";

const outage = (kind: Outage["kind"], application: string, seconds: number): Outage => ({
  kind,
  application,
  at: at(seconds),
  heardAt: at(seconds + 1),
});

const words = ({ text, endText }: ConditionText) => ({
  says: readHeadline(text),
  advice: text.advice,
  ends: readHeadline(endText),
  later: endText.advice,
});

describe("the text of an alert about a server", () => {
  const checked = "DNs lost meanwhile are being checked now.";

  it("says that a link is down, since when, which bridges report it and where to look", () => {
    const outages = [
      outage("link", "bridge-b", 60),
      outage("link", "bridge-a", 0),
      outage("server", "bridge-c", 0),
    ];
    expect(words(serverText(outages, []))).toEqual({
      says: "bridge-a and bridge-b report the CTI link down since 02:58 UTC",
      advice:
        "None of its calls are reported. Check the switch and its link to the T-Server. Alerts for DNs lost meanwhile open once it is up.",
      ends: "connected again, CTI link up",
      later: checked,
    });
    expect(words(serverText([outage("link", "bridge-b", 60)], [])).says).toBe(
      "bridge-b reports the CTI link down since 02:59 UTC",
    );
  });

  it.each([
    [[], ", no bridge is left", "Its calls are not reported.", "connected again, CTI link up"],
    [
      ["bridge-c", "bridge-b"],
      ", still seen by bridge-b and bridge-c",
      "Its calls are still reported.",
      "connected again to bridge-b and bridge-c, CTI link up",
    ],
  ])(
    "says which bridge has lost the T-Server, and which see it: %j",
    (connected, seen, meaning, ends) => {
      expect(words(serverText([outage("server", "bridge-a", 0)], connected))).toEqual({
        says: `bridge-a lost the T-Server at 02:58 UTC${seen}`,
        advice: `${meaning} Check the T-Server and the network between them. Alerts for DNs lost meanwhile open once it is back.`,
        ends,
        later: checked,
      });
    },
  );

  it.each([
    ["closed", "bridge-a has stopped on purpose"],
    ["retired", "bridge-a was retired"],
    ["revoked", "the key of bridge-a was revoked"],
  ] as const)("says that no bridge reports it any more: %s", (resolution, end) => {
    const text = serverEndText({ resolution, application: "bridge-a" }, textOf("restored"));
    expect(readHeadline(text)).toBe(`${end}: no bridge reports any more whether it is up`);
    expect(text.advice).toBe(`It had reported the T-Server or its CTI link down. ${checked}`);
  });
});

describe("the text of an alert about a bridge", () => {
  it("says nothing of a problem where there is none", () => {
    for (const { text, endText } of [
      serverText([], []),
      mismatchText(connectionOf()),
      blindText(connectionOf()),
      serverClockText(connectionOf()),
    ])
      expect(text).toBe(endText);
  });

  it("describes a silent bridge, and what else looks like that", () => {
    expect(words(silenceText(connectionOf()))).toEqual({
      says: "bridge-a silent since 02:58 UTC",
      advice:
        "Its calls may not be reported, and whether its DNs are seen is unknown. Check the bridge and its host, then its network: a clock that is off, a wrong or revoked key, or a firewall looks the same.",
      ends: "bridge-a heard again, last at 02:58 UTC",
      later: undefined,
    });
  });

  it("describes numbers that differ, and how to compare them", () => {
    const connection = connectionOf({
      server: "TS 1",
      mismatchSince: at(0),
      registered: { count: 3_000, heardAt: at(0) },
      counted: { count: 298, at: at(0) },
    });
    expect(words(mismatchText(connection))).toEqual({
      says: "bridge-a says it holds 3,000 DNs, but 298 are known here, since 02:58 UTC",
      advice:
        "Calls of some DNs may go unreported although they read registered. Compare the bridge's DNs with GET /v1/registrations?server=TS%201; restarting the bridge registers all of them again.",
      ends: "bridge-a holds as many DNs as are known here: 3,000",
      later: undefined,
    });
  });

  it.each([
    [
      "clock",
      "its clock is off",
      "Everything that it sends is refused: set the clock of the bridge's host (NTP).",
    ],
    ["rejected", "all its events are rejected", "See why with: npm run rejected -- list"],
  ] as const)("describes a blind bridge: %s", (cause, reason, remedy) => {
    const blind = { cause, since: at(0), detail: "9 minutes behind" };
    expect(words(blindText(connectionOf({ blind })))).toEqual({
      says: `nothing that bridge-a sends gets through since 02:58 UTC: ${reason} (9 minutes behind)`,
      advice: `Losses of its DNs go unnoticed. ${remedy}`,
      ends: "what bridge-a sends gets through again, and counts",
      later: undefined,
    });
  });

  it("says how far a T-Server's clock went back, when, who says so, and when it will have caught up", () => {
    const back = { at: at(5), until: at(185), by: 180_049_999 };
    const clock = { startTime: "1", sequenceNumber: 2, time: at(0), maxTime: at(180) };
    expect(words(serverClockText(connectionOf({ serverClock: { ...clock, back } })))).toEqual({
      says: "bridge-a reports that the T-Server's clock went back by 180 s at 02:58 UTC",
      advice:
        "Until it has caught up (at 2026-11-20 03:01 UTC), losses and registrations may be outranked by older events. Set the clock of the T-Server's host (NTP).",
      ends: "the T-Server's clock has caught up, according to bridge-a",
      later: undefined,
    });
  });

  it.each([
    ["closed", "has stopped on purpose: nothing is expected from it until it is back"],
    ["retired", "was retired: nothing is expected from it any more"],
  ] as const)("says that nothing is expected from it: %s", (resolution, end) => {
    const text = bridgeEndText({ resolution, application: "bridge-a" }, textOf("restored"));
    expect(readHeadline(text)).toBe(`bridge-a ${end}`);
  });

  it("says that it works again where it does", () => {
    const restored = textOf("restored");
    expect(bridgeEndText({ resolution: "restored" }, restored)).toBe(restored);
    expect(serverEndText({ resolution: "restored" }, restored)).toBe(restored);
  });
});
