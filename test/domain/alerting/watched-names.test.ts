import { describe, expect, it } from "vitest";
import { subjects } from "../../../lambda/domain/alerting/alert.ts";
import { isInventing, watchNames } from "../../../lambda/domain/alerting/watched-names.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { maxUnprovenNames } from "../../../lambda/domain/connection/proof.ts";
import { at, connectionOf, rulesWith } from "../../support/watching-harness.ts";

const named = (count: number, changes: Partial<Connection> = {}) =>
  Array.from({ length: count }, (_, index) =>
    connectionOf({ server: `S${100 + index}`, unproven: true, ...changes }),
  );
const subjectsOf = (connections: readonly Connection[], rules = rulesWith()) =>
  watchNames(connections, rules).map(({ subject }) => subject);
const subject = subjects.bridge("", "bridge-a", "names");

describe("names of T-Servers without a registration", () => {
  it("are one alert for a bridge, however many they are", () => {
    expect(watchNames(named(60).toReversed(), rulesWith())).toEqual([
      {
        subject,
        kind: "bridge",
        server: "S100",
        application: "bridge-a",
        severity: "warning",
        text: {
          headline: [
            { names: ["bridge-a"], count: 1 },
            " has named more than 10 T-Servers without a registration, for example ",
            { names: ["S100", "S101", "S102"], count: 60 },
          ],
          advice:
            "It may invent names. Check the server name that it sends; retire the names with npm run retire.",
        },
        endText: {
          headline: [
            { names: ["bridge-a"], count: 1 },
            " names no more than 10 T-Servers without a registration",
          ],
        },
      },
    ]);
  });

  it("are none where they are few, proven, over, watched by the rules or of several bridges", () => {
    expect(subjectsOf(named(maxUnprovenNames))).toEqual([]);
    const many = named(maxUnprovenNames + 1);
    expect(subjectsOf(many)).toEqual([subject]);
    const [first = connectionOf(), ...others] = many;
    const { unproven: _, ...proven } = first;
    expect(subjectsOf([proven, ...others])).toEqual([]);
    expect(subjectsOf([{ ...first, retiredAt: at(1) }, ...others])).toEqual([]);
    expect(subjectsOf([{ ...first, closedAt: at(1) }, ...others])).toEqual([]);
    expect(subjectsOf([{ ...first, application: "bridge-b" }, ...others])).toEqual([]);
    const watchedBridges = [{ server: "S100", application: "bridge-a" }];
    expect(subjectsOf(many, rulesWith({ watchedBridges }))).toEqual([]);
    for (const other of [
      { server: "S999", application: "bridge-a" },
      { server: "S100", application: "bridge-b" },
    ])
      expect(subjectsOf(many, rulesWith({ watchedBridges: [other] }))).toEqual([subject]);
  });

  it("are judged for each bridge by itself", () => {
    const connections = [...named(11), ...named(11, { application: "bridge-b" })];
    expect(isInventing(connections, "bridge-b", rulesWith())).toBe(true);
    expect(isInventing(connections, "bridge-c", rulesWith())).toBe(false);
  });
});
