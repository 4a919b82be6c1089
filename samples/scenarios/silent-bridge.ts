import type { Scenario } from "./scenario.ts";
import {
  closing,
  envelopes,
  heartbeats,
  type Numbers,
  registered,
  sessionAt,
} from "./scenario-events.ts";

const numbers: Numbers = { server: "MUTE1", first: 40_000, count: 20 };

/** A bridge that sends heartbeats dies; ten minutes later it is there again. */
export const silentBridge: Scenario = {
  name: "silent-bridge",
  about: "a bridge with 20 DNs falls silent for ten minutes",
  fastest: 10,
  servers: [numbers.server],
  steps: [
    {
      atSeconds: 0,
      says: "the bridge registers 20 DNs",
      send: (now) => envelopes(numbers.server, registered(numbers, now), sessionAt(now)),
    },
    ...heartbeats(numbers.server, 60, 120),
    ...heartbeats(numbers.server, 720, 1140),
    closing(numbers.server, 1200),
  ],
  promised: [
    {
      ...{ type: "alert.opened", server: numbers.server, kind: "bridge", severity: "critical" },
      title: "OPEN MUTE1: bridge-a silent since hh:mm UTC",
    },
    {
      ...{ type: "alert.resolved", server: numbers.server, kind: "bridge" },
      title: "RESOLVED MUTE1: bridge-a heard again, last at hh:mm UTC",
    },
  ],
  endsAtSeconds: 1200,
};
