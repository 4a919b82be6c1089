import type { Scenario, ScenarioStep } from "./scenario.ts";
import { envelopes, type Numbers, registered, takenAway } from "./scenario-events.ts";

const server = "STORM1";
const first = 10_000;
const cause = "DN is not configured in CME (59)";
const lone: Numbers = { server: "QUIET1", first: 7001, count: 1 };

const sum = (counts: readonly number[]): number =>
  counts.reduce((total, count) => total + count, 0);

const takeAwaySteps = (parts: readonly number[]): ScenarioStep[] =>
  parts.map((count, index) => {
    const part: Numbers = { server, first: first + sum(parts.slice(0, index)), count };
    return {
      atSeconds: 10 + 60 * index,
      says:
        index === 0
          ? "a change of the configuration takes DNs of STORM1 away, and by chance the one of QUIET1"
          : "the change takes more of STORM1 away",
      send: (now) => [
        ...(index === 0 ? envelopes(lone.server, takenAway(lone, now)) : []),
        ...envelopes(server, takenAway(part, now)),
      ],
    };
  });

/** How many DNs a change takes away in each of its parts, a minute apart, and when it is taken back. */
export type ConfigurationChange = {
  readonly parts: readonly number[];
  readonly backAtSeconds: number;
};

/** One change in Configuration Manager takes all DNs of a T-Server away. A DN of another T-Server goes in the same minute. */
export const createConfigurationChange = ({
  parts,
  backAtSeconds,
}: ConfigurationChange): Scenario => {
  const count = sum(parts);
  const storm: Numbers = { server, first, count };
  const many = count.toLocaleString("en");
  const registerAll = (now: number) => [
    ...envelopes(lone.server, registered(lone, now)),
    ...envelopes(server, registered(storm, now)),
  ];
  return {
    name: "configuration-change",
    about: `one change in Configuration Manager takes away ${many} DNs`,
    fastest: 3,
    servers: [server, lone.server],
    steps: [
      {
        atSeconds: 0,
        says: `the bridge registers ${many} DNs on STORM1 and one on QUIET1`,
        send: registerAll,
      },
      ...takeAwaySteps(parts),
      {
        atSeconds: backAtSeconds,
        says: "the change is taken back: all are registered again",
        send: registerAll,
      },
    ],
    promised: [
      {
        ...{ type: "alert.opened", server, kind: "dn", severity: "critical" },
        title: `OPEN STORM1: bridge-a lost # DNs at hh:mm UTC: ${cause}`,
      },
      {
        ...{ type: "alert.updated", server, kind: "dn", count },
        title: `UPDATE STORM1: bridge-a lost ${many} DNs at hh:mm UTC: ${cause}`,
      },
      {
        ...{ type: "alert.resolved", server, kind: "dn", count },
        title: `RESOLVED STORM1: no DN of bridge-a is missing any more: ${many} DNs lost since hh:mm UTC, registered again`,
      },
      {
        ...{
          type: "alert.opened",
          server: lone.server,
          kind: "dn",
          severity: "critical",
          count: 1,
        },
        title: `OPEN QUIET1: bridge-a lost DN 7001 at hh:mm UTC: ${cause}`,
      },
      {
        ...{ type: "alert.resolved", server: lone.server, kind: "dn", count: 1 },
        title: "RESOLVED QUIET1: DN 7001 seen again by bridge-a since hh:mm UTC",
      },
    ],
    endsAtSeconds: backAtSeconds + 400,
  };
};

/** The same with the 10,000 DNs of a large T-Server, in two parts: however fast the stack is, some go after the alert is opened. */
export const configurationChange = createConfigurationChange({
  parts: [6_000, 4_000],
  backAtSeconds: 250,
});
