import { describe, expect, it } from "vitest";
import type { Connection, Sweep } from "../../../lambda/domain/connection/connection.ts";
import { planSweeps } from "../../../lambda/domain/connection/plan-sweeps.ts";
import { at, connectionOf, rulesWith } from "../../support/watching-harness.ts";

const plan = (changes: Partial<Connection>, seconds: number) =>
  planSweeps(connectionOf(changes), rulesWith(), at(seconds));
const mark = (stale: boolean): Sweep => ({
  id: "earlier",
  purpose: { kind: "mark", stale },
  progressAt: at(190),
});

describe("planSweeps", () => {
  it.each<[string, Partial<Connection>, number]>([
    ["a bridge that is heard", {}, 100],
    ["a bridge that is known to be silent", { silentSince: at(0) }, 300],
    [
      "a bridge that still has time to renew",
      { stale: { since: at(0), cause: "reconnect", renewBy: at(300), done: false } },
      100,
    ],
    [
      "renewals that were handled",
      { stale: { since: at(0), cause: "reconnect", renewBy: at(10), done: true } },
      100,
    ],
    ["a sweep that makes progress", { sweeps: [{ ...mark(true), progressAt: at(1) }] }, 120],
  ])("returns the same connection for %s", (_, changes, seconds) => {
    const connection = connectionOf(changes);
    const planned = planSweeps(connection, rulesWith(), at(seconds));
    expect(planned.connection).toBe(connection);
    expect(planned.start).toEqual([]);
  });

  it("marks the registrations of a bridge that falls silent, and records since when it has been silent", () => {
    const { connection, start } = plan({}, 200);
    expect(connection.silentSince).toBe(at(0));
    expect(start).toEqual([
      { id: `silent-${at(0)}`, purpose: { kind: "mark", stale: true }, progressAt: at(200) },
    ]);
    expect(connection.sweeps).toEqual(start);
  });

  it("removes the marks when it is heard again, and forgets only an earlier mark", () => {
    const purpose = { kind: "lose" as const, since: at(-400), cause: "reconnect" as const };
    const lose = { id: "lose", purpose, progressAt: at(0) };
    const sweeps = [mark(true), lose];
    const { connection, start } = plan({ silentSince: at(-300), sweeps }, 100);
    expect(connection.silentSince).toBeUndefined();
    expect(connection.sweeps).toEqual([lose, ...start]);
    expect(start).toMatchObject([
      { id: `heard-${at(0)}`, purpose: { kind: "mark", stale: false } },
    ]);
  });

  it("marks again where a silent bridge was heard in between", () => {
    const { connection, start } = plan({ silentSince: at(-300) }, 200);
    expect(connection.silentSince).toBe(at(0));
    expect(start).toMatchObject([{ purpose: { kind: "mark", stale: true } }]);
  });

  it("loses nothing that a silent or stopped bridge could not renew", () => {
    const stale = { since: at(-400), cause: "reconnect", renewBy: at(-100), done: false } as const;
    const isLose = ({ purpose }: Sweep) => purpose.kind === "lose";
    expect(plan({ stale, silentSince: at(0) }, 300).start.filter(isLose)).toEqual([]);
    expect(plan({ stale, closedAt: at(10) }, 100).start.filter(isLose)).toEqual([]);
    expect(plan({ stale }, 100).start.filter(isLose)).toHaveLength(1);
  });

  it("gives a bridge that is heard again the whole time to renew", () => {
    const stale = { since: at(-400), cause: "reconnect", renewBy: at(-100), done: false } as const;
    const { connection, start } = plan({ stale, silentSince: at(-300) }, 100);
    expect(connection.stale).toEqual({ ...stale, renewBy: at(400) });
    expect(start.map(({ purpose }) => purpose.kind)).toEqual(["mark"]);
    const seenTo = { ...stale, done: true };
    expect(plan({ stale: seenTo, silentSince: at(-300) }, 100).connection.stale).toEqual(seenTo);
  });

  it("removes the marks from a bridge that is retired or stops on purpose", () => {
    expect(plan({ silentSince: at(0), retiredAt: at(250) }, 300).start).toHaveLength(1);
    expect(plan({ silentSince: at(0), closedAt: at(250) }, 300).start).toHaveLength(1);
  });

  it("asks for the losses under one name, and not again while the sweep is under way", () => {
    const stale = { since: at(0), cause: "reconnect" as const, renewBy: at(300), done: false };
    const { connection, start } = plan({ seenAt: at(299), stale }, 300);
    expect(start).toMatchObject([{ id: `lose-${at(0)}-reconnect` }]);
    expect(planSweeps(connection, rulesWith(), at(301)).start).toEqual([]);
    const sweeps = [{ ...mark(true), progressAt: at(299) }];
    expect(plan({ seenAt: at(299), stale, sweeps }, 300).start).toEqual(start);
  });

  it("forgets the losses of an earlier reconnect, which a later one covers", () => {
    const stale = { since: at(0), cause: "reconnect" as const, renewBy: at(300), done: false };
    const purpose = { kind: "lose" as const, since: at(-400), cause: "disconnect" as const };
    const sweeps = [{ id: "earlier", purpose, progressAt: at(299) }];
    const { connection } = plan({ seenAt: at(299), stale, sweeps }, 300);
    expect(connection.sweeps.map(({ id }) => id)).toEqual([`lose-${at(0)}-reconnect`]);
  });

  it("starts again a sweep without progress for two minutes, and one that has never begun", () => {
    const { connection, start } = plan(
      { seenAt: at(309), sweeps: [mark(true), { ...mark(false), id: "new", progressAt: 0 }] },
      309,
    );
    expect(start).toMatchObject([{ id: "new", progressAt: at(309) }]);
    expect(connection.sweeps).toMatchObject([{ progressAt: at(190) }, { progressAt: at(309) }]);
    expect(plan({ seenAt: at(310), sweeps: [mark(true)] }, 310).start).toHaveLength(1);
  });
});
