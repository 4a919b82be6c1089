import type { Scenario } from "./scenario.ts";
import { envelopes, type Numbers, registered, takenAway } from "./scenario-events.ts";

const storm: Numbers = { server: "STORM1", first: 10_000, count: 10_000 };
const lone: Numbers = { server: "QUIET1", first: 7001, count: 1 };

/** One change in Configuration Manager takes away 10,000 DNs; a DN of another T-Server goes in the same minute. */
export const configurationChange: Scenario = {
  name: "configuration-change",
  about: "one change in Configuration Manager takes away 10,000 DNs",
  servers: [storm.server, lone.server],
  steps: [
    {
      atSeconds: 0,
      says: "the bridge registers 10,000 DNs on STORM1 and one on QUIET1",
      send: (now) => [
        ...envelopes(lone.server, registered(lone, now)),
        ...envelopes(storm.server, registered(storm, now)),
      ],
    },
    {
      atSeconds: 10,
      says: "a change of the configuration takes all of STORM1 away, and by chance the one of QUIET1",
      send: (now) => [
        ...envelopes(lone.server, takenAway(lone, now)),
        ...envelopes(storm.server, takenAway(storm, now)),
      ],
    },
    {
      atSeconds: 250,
      says: "the change is taken back: all are registered again",
      send: (now) => [
        ...envelopes(lone.server, registered(lone, now)),
        ...envelopes(storm.server, registered(storm, now)),
      ],
    },
  ],
  promised: [
    { type: "alert.opened", server: storm.server, kind: "dn", severity: "critical" },
    { type: "alert.updated", server: storm.server, kind: "dn", count: storm.count },
    { type: "alert.resolved", server: storm.server, kind: "dn", count: storm.count },
    { type: "alert.opened", server: lone.server, kind: "dn", severity: "critical", count: 1 },
    { type: "alert.resolved", server: lone.server, kind: "dn", count: 1 },
  ],
  endsAtSeconds: 650,
};
