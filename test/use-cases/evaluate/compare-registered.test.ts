import { describe, expect, it, vi } from "vitest";
import { createChangeConnection } from "../../../lambda/use-cases/change-connection.ts";
import { createCompareRegistered } from "../../../lambda/use-cases/evaluate/compare-registered.ts";
import { createCountRegistered } from "../../../lambda/use-cases/evaluate/count-registered.ts";
import { registered, unregistered } from "../../support/build-event.ts";
import {
  at,
  connectionOf,
  createWatchingHarness,
  rulesWith,
} from "../../support/watching-harness.ts";

const said = (count: number, seconds = 0) => ({ count, heardAt: at(seconds) });
const create = () => {
  const harness = createWatchingHarness();
  const { store, alerting, clock } = harness;
  const readStatuses = vi.fn(store.readStatuses);
  const ports = { ...store, readStatuses, rules: rulesWith(), now: () => clock.now };
  const countRegistered = createCountRegistered(ports);
  const compare = createCompareRegistered(ports, createChangeConnection(alerting));
  return { ...harness, readStatuses, countRegistered, compare };
};

describe("the number of DNs that an application holds", () => {
  it("comes from the lists alone where they agree with what the bridge reports", async () => {
    const { record, countRegistered, readStatuses } = create();
    const thisDNs = Array.from({ length: 700 }, (_, index) => String(7000 + index));
    await record(thisDNs.map((thisDN) => registered({ thisDN })));
    await record([unregistered({ thisDN: "1" }), registered({ thisDN: "2", server: "SIPTS751" })]);
    expect(await countRegistered(connectionOf(), 700)).toBe(700);
    expect(readStatuses).not.toHaveBeenCalled();
    expect(await countRegistered(connectionOf(), 699)).toBe(700);
  });

  it("is read from the statuses where other applications hold DNs, too", async () => {
    const { record, countRegistered } = create();
    await record([
      registered({ thisDN: "1" }),
      registered({ thisDN: "2", application: "bridge-b" }),
      registered({ thisDN: "3", application: "bridge-b" }),
      unregistered({ thisDN: "3" }),
    ]);
    expect(await countRegistered(connectionOf(), 1)).toBe(1);
    expect(await countRegistered(connectionOf({ application: "bridge-b" }), 3)).toBe(3);
    expect(await countRegistered(connectionOf({ application: "bridge-b" }), 9)).toBe(2);
  });

  it("is recorded as differing since it first did, until it no longer does", async () => {
    const { record, compare, put, clock, connection } = create();
    await record([registered()]);
    put(connectionOf({ registered: said(2) }));
    clock.now = at(10);
    const first = await compare(connectionOf({ registered: said(2) }));
    expect(first).toMatchObject({ mismatchSince: at(10), counted: { count: 1, at: at(10) } });
    clock.now = at(70);
    expect(await compare(first)).toMatchObject({ mismatchSince: at(10), counted: { at: at(70) } });
    await record([registered({ thisDN: "7002" })]);
    expect((await compare(first)).mismatchSince).toBeUndefined();
    expect(connection()?.counted).toEqual({ count: 2, at: at(70) });
  });

  it("is not recorded where the connection is gone, or need not be compared", async () => {
    const { compare, put, connection } = create();
    const gone = connectionOf({ registered: said(2) });
    expect(await compare(gone)).toBe(gone);
    const quiet = connectionOf();
    expect(await compare(quiet)).toBe(quiet);
    const compared = connectionOf({ registered: said(2), counted: { count: 2, at: at(0) } });
    put(compared);
    expect(await compare(compared)).toBe(compared);
    expect(connection()).toEqual(compared);
  });
});
