import { describe, expect, it } from "vitest";
import { rawUnregistered } from "../support/build-event.ts";
import { createInMemoryAlerting } from "../support/in-memory-alerting.ts";
import { about, counted, named, setUp } from "../support/server-places.ts";

describe("metrics by server", () => {
  const lagsOf = ({ metrics }: ReturnType<typeof setUp>) =>
    metrics.flatMap(({ server }) => server ?? []);

  it("are those of servers that have had a registration", async () => {
    const harness = setUp();
    const lost = rawUnregistered({ ServerName: "S1" });
    await harness.post([about("S0"), lost]);
    expect(lagsOf(harness)).toEqual(["S0"]);
    await harness.post([about("S1")]);
    await harness.post([lost]);
    expect(lagsOf(harness)).toEqual(["S0", "S1", "S1"]);
  });

  it("are those of the first hundred servers of a stage", async () => {
    const { ports, calls } = counted();
    const harness = setUp({ ...ports, serversPerKey: 1000 });
    const known = new Set(Array.from({ length: 99 }, (_, index) => `known ${index}`));
    harness.store.names.set("servers with metrics", known);
    await harness.post(named(0, 2));
    expect(lagsOf(harness)).toEqual(["S0"]);
    const before = calls();
    await harness.post(named(0, 2));
    expect(calls()).toEqual(before);
  });

  it("are left out where another execution environment was faster, which is asked once", async () => {
    const { ports, calls } = counted();
    const harness = setUp(ports);
    await harness.post(named(0, 1));
    const others = Array.from({ length: 99 }, (_, index) => `other ${index}`);
    harness.store.names.set("servers with metrics", new Set(["S0", ...others]));
    await harness.post(named(1, 2));
    await harness.post(named(1, 2));
    const before = calls();
    await harness.post(named(1, 2));
    expect(calls()).toEqual(before);
    expect(lagsOf(harness)).toEqual(["S0"]);
  });

  it("never fail a request", async () => {
    const alerting = createInMemoryAlerting();
    const readNames = async (list: string) => {
      if (list.includes("metrics")) throw new Error("down");
      return alerting.readNames(list);
    };
    const harness = setUp({ ...alerting, readNames });
    expect((await harness.post(named(0, 1))).status).toBe(200);
    expect(lagsOf(harness)).toEqual([]);
    expect(harness.lines).toContainEqual(expect.objectContaining({ level: "warn" }));
  });
});
