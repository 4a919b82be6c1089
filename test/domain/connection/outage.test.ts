import { describe, expect, it } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { outagesOf } from "../../../lambda/domain/connection/outage.ts";
import { at, connectionOf } from "../../support/watching-harness.ts";

const occurrence = (seconds: number) => ({ at: at(seconds), heardAt: at(seconds + 1) });
const kindsOf = (...connections: Partial<Connection>[]) =>
  outagesOf(connections.map(connectionOf)).map(({ kind, application }) => `${kind} ${application}`);

describe("outagesOf", () => {
  it.each<[string, Partial<Connection>, string[]]>([
    ["finds nothing down where nothing was heard", {}, []],
    ["finds the link down", { linkDown: occurrence(1) }, ["link bridge-a"]],
    ["finds it up again", { linkDown: occurrence(1), linkUp: occurrence(2) }, []],
    [
      "reads both at one moment as a switchover",
      {
        linkDown: occurrence(1),
        linkUp: occurrence(1),
        serverDown: occurrence(1),
        serverUp: occurrence(1),
      },
      [],
    ],
    ["finds it down again", { linkDown: occurrence(3), linkUp: occurrence(2) }, ["link bridge-a"]],
    ["ignores an up without a down", { linkUp: occurrence(1), serverUp: occurrence(1) }, []],
    ["finds the server lost", { serverDown: occurrence(1) }, ["server bridge-a"]],
    ["finds it back", { serverDown: occurrence(1), serverUp: occurrence(2) }, []],
    [
      "counts a new session as a connection",
      { serverDown: occurrence(1), session: { id: "2", startedAt: at(2), heardAt: at(2) } },
      [],
    ],
    [
      "does not count the old session as a connection",
      { serverDown: occurrence(3), session: { id: "1", startedAt: at(2), heardAt: at(2) } },
      ["server bridge-a"],
    ],
    [
      "finds both",
      { linkDown: occurrence(1), serverDown: occurrence(1) },
      ["link bridge-a", "server bridge-a"],
    ],
    ["ignores a bridge that stopped on purpose", { linkDown: occurrence(1), closedAt: at(2) }, []],
    ["ignores a retired bridge", { serverDown: occurrence(1), retiredAt: at(2) }, []],
  ])("%s", (_, connection, expected) => {
    expect(kindsOf(connection)).toEqual(expected);
  });

  it("finds the link up as soon as one bridge has reported so, but each bridge's server separately", () => {
    const down = { linkDown: occurrence(1), serverDown: occurrence(1) };
    const up = { application: "bridge-b", linkUp: occurrence(2), serverUp: occurrence(2) };
    expect(kindsOf(down, up)).toEqual(["server bridge-a"]);
    expect(kindsOf(down, { application: "bridge-b" })).toEqual([
      "link bridge-a",
      "server bridge-a",
    ]);
  });

  it.each<[string, Partial<Connection>]>([
    ["stopped", { closedAt: at(3) }],
    ["is retired", { retiredAt: at(3) }],
  ])(
    "believes that the link is up, although the bridge that reported it %s meanwhile",
    (_, gone) => {
      const up = { application: "bridge-b", linkUp: occurrence(2), ...gone };
      expect(kindsOf({ linkDown: occurrence(1) }, up)).toEqual([]);
      expect(kindsOf({ linkDown: occurrence(3) }, up)).toEqual(["link bridge-a"]);
    },
  );

  it("says when it happened and when it was heard", () => {
    expect(outagesOf([connectionOf({ linkDown: occurrence(1) })])).toEqual([
      { kind: "link", application: "bridge-a", at: at(1), heardAt: at(2) },
    ]);
  });
});
