import type { Scenario } from "./scenario.ts";
import {
  closing,
  envelopes,
  heartbeats,
  type Numbers,
  registered,
  sessionAt,
} from "./scenario-events.ts";

const all: Numbers = { server: "HALF1", first: 30_000, count: 100 };
const renewed: Numbers = { ...all, count: 50 };
const forgotten: Numbers = { ...all, first: 30_050, count: 50 };

/** A bridge reconnects and registers only half of its DNs: without sessions the others would look registered for ever. */
export const halfReconnect: Scenario = {
  name: "half-reconnect",
  about: "a bridge reconnects and registers only 50 of its 100 DNs again",
  fastest: 10,
  servers: [all.server],
  steps: [
    {
      atSeconds: 0,
      says: "the bridge registers 100 DNs",
      send: (now) => envelopes(all.server, registered(all, now), sessionAt(now)),
    },
    {
      atSeconds: 60,
      says: "it reconnects, and registers 50 of them",
      send: (now) => envelopes(all.server, registered(renewed, now), sessionAt(now)),
    },
    ...heartbeats(all.server, 120, 540),
    {
      atSeconds: 600,
      says: "it registers the other 50",
      send: (now) => envelopes(all.server, registered(forgotten, now)),
    },
    ...heartbeats(all.server, 660, 1080),
    closing(all.server, 1080),
  ],
  promised: [
    {
      type: "alert.opened",
      server: all.server,
      kind: "dn",
      severity: "critical",
      count: forgotten.count,
      title:
        "OPEN HALF1: bridge-a lost 50 DNs at hh:mm UTC: not registered again after the reconnect",
    },
    {
      ...{ type: "alert.resolved", server: all.server, kind: "dn", count: forgotten.count },
      title:
        "RESOLVED HALF1: no DN of bridge-a is missing any more: 50 DNs lost since hh:mm UTC, registered again",
    },
  ],
  endsAtSeconds: 1080,
};
