import type { Scenario, ScenarioStep } from "./scenario.ts";
import { envelopes, type Numbers, registered, takenAway } from "./scenario-events.ts";

const cause = "DN is not configured in CME (59)";
const one: Numbers = { server: "FLAP1", first: 7001, count: 1 };

const lostAndBack = (fromSeconds: number, toSeconds: number): ScenarioStep[] => [
  {
    atSeconds: fromSeconds,
    says: "the DN is lost",
    send: (now) => envelopes(one.server, takenAway(one, now)),
  },
  {
    atSeconds: toSeconds,
    says: "it is back",
    send: (now) => envelopes(one.server, registered(one, now)),
  },
];

/** A DN comes and goes 20 times in 10 minutes. */
export const flapping: Scenario = {
  name: "flapping",
  about: "a DN comes and goes 20 times in 10 minutes",
  fastest: 10,
  servers: [one.server],
  steps: [
    {
      atSeconds: 0,
      says: "the bridge registers the DN",
      send: (now) => envelopes(one.server, registered(one, now)),
    },
    // The first time is longer than the hold-down; the others would each pass unseen.
    ...lostAndBack(10, 100),
    ...Array.from({ length: 19 }, (_, index) =>
      lostAndBack(113 + index * 26, 126 + index * 26),
    ).flat(),
  ],
  promised: [
    {
      ...{ type: "alert.opened", server: one.server, kind: "dn", severity: "critical", count: 1 },
      title: `OPEN FLAP1: bridge-a lost DN 7001 at hh:mm UTC: ${cause}`,
    },
    {
      ...{ type: "alert.updated", server: one.server, kind: "dn", flapping: true },
      title: `UPDATE FLAP1: bridge-a lost DN 7001 4 times since hh:mm UTC (flapping): ${cause}`,
    },
    {
      ...{ type: "alert.resolved", server: one.server, kind: "dn", count: 1 },
      title: "RESOLVED FLAP1: DN 7001 seen again by bridge-a since hh:mm UTC",
    },
  ],
  endsAtSeconds: 1080,
};
