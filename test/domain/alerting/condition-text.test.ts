import { describe, expect, it } from "vitest";
import {
  blindText,
  mismatchText,
  serverClockText,
  serverText,
  silenceText,
} from "../../../lambda/domain/alerting/condition-text.ts";
import type { Outage } from "../../../lambda/domain/connection/outage.ts";
import { at, connectionOf } from "../../support/watching-harness.ts";

const outage = (kind: Outage["kind"], application: string, seconds: number): Outage => ({
  kind,
  application,
  at: at(seconds),
  heardAt: at(seconds + 1),
});

describe("the text of an alert", () => {
  it("says that a link is down, since when, which bridge reported it and where to look", () => {
    const outages = [
      outage("link", "bridge-b", 60),
      outage("link", "bridge-a", 0),
      outage("server", "bridge-c", 0),
    ];
    expect(serverText("SIPTS750", outages, [])).toEqual({
      title:
        "The CTI link of SIPTS750 has been down since 02:58 UTC, according to bridge-a and bridge-b: none of its calls are reported. Check the switch and its link to the T-Server. Alerts for DNs lost meanwhile open once it is up.",
      endTitle:
        "SIPTS750 is connected again and its CTI link is up. DNs lost meanwhile are being checked now.",
    });
  });

  it("says which bridges have lost the T-Server, and which still see it", () => {
    const outages = [outage("server", "bridge-a", 0)];
    expect(serverText("SIPTS750", outages, ["bridge-b"]).title).toBe(
      "bridge-a lost the connection to T-Server SIPTS750 at 02:58 UTC. Its calls are still seen by bridge-b. Check the T-Server and the network between them. Alerts for DNs lost meanwhile open once it is back.",
    );
    expect(serverText("SIPTS750", outages, []).title).toContain(
      "No bridge is left: its calls are not reported.",
    );
  });

  it("says nothing of a problem in the title where there is none", () => {
    for (const { title, endTitle } of [
      serverText("SIPTS750", [], []),
      mismatchText(connectionOf()),
      blindText(connectionOf()),
      serverClockText(connectionOf()),
    ])
      expect(title).toBe(endTitle);
  });

  it("describes a silent bridge, and what else looks like that", () => {
    expect(silenceText(connectionOf())).toEqual({
      title:
        "bridge-a on SIPTS750 has been silent since 02:58 UTC: its calls may not be reported, and whether its DNs are seen is unknown. Check the bridge and its host, then its network: a clock that is off, a wrong or revoked key, or a firewall looks the same.",
      endTitle: "bridge-a on SIPTS750 has been heard again, last at 02:58 UTC.",
    });
  });

  it("describes numbers that differ, and how to compare them", () => {
    const connection = connectionOf({
      server: "TS 1",
      mismatchSince: at(0),
      registered: { count: 300, heardAt: at(0) },
      counted: { count: 298, at: at(0) },
    });
    expect(mismatchText(connection)).toEqual({
      title:
        "bridge-a on TS 1 says that it holds 300 DNs, but 298 are known here, since 02:58 UTC: calls of some DNs may go unreported although they read registered. Compare the bridge's DNs with GET /v1/registrations?server=TS%201; restarting the bridge registers all of them again.",
      endTitle: "bridge-a on TS 1 holds as many DNs as are known here: 300.",
    });
  });

  it.each([
    ["clock", "its clock is off, so everything it sends is refused", "Set the clock"],
    ["rejected", "all its events are rejected", "npm run rejected -- list"],
  ] as const)("describes a blind bridge: %s", (cause, reason, remedy) => {
    const { title, endTitle } = blindText(
      connectionOf({ blind: { cause, since: at(0), detail: "9 minutes behind" } }),
    );
    expect(title).toContain(
      `Nothing from bridge-a on SIPTS750 has got through since 02:58 UTC: ${reason} (9 minutes behind).`,
    );
    expect(title).toContain(remedy);
    expect(endTitle).toBe("What bridge-a on SIPTS750 sends gets through again, and counts.");
  });

  it("says how far a T-Server's clock went back, when, who says so, and when it will have caught up", () => {
    const back = { at: at(5), until: at(185), by: 180_049_999 };
    const reading = { startTime: "1", sequenceNumber: 2, time: at(0), maxTime: at(180) };
    expect(serverClockText(connectionOf({ serverClock: { ...reading, back } }))).toEqual({
      title:
        "The clock of T-Server SIPTS750 went back by 180 s at 02:58 UTC, according to bridge-a: until it has caught up (at 03:01 UTC), losses and registrations may be outranked by older events. Set the clock of the T-Server's host (NTP).",
      endTitle: "The clock of T-Server SIPTS750 has caught up, according to bridge-a.",
    });
  });
});
