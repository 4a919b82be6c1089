import { describe, expect, it } from "vitest";
import { createFindNeighbours } from "../../../lambda/use-cases/evaluate/find-neighbours.ts";
import { baseTime } from "../../support/build-event.ts";
import { createHarness } from "./alerting-harness.ts";

const server = "SIPTS750";

describe("finding what else was lost on a server", () => {
  it("goes on where a page of a list ends, and stops beyond the time", async () => {
    const { ports } = createHarness();
    const asked: (string | undefined)[] = [];
    const entry = { thisDN: "7001", server };
    const find = createFindNeighbours({
      readList: async ({ state, shard, beyond }) => {
        if (state !== "mixed" || shard !== 0) return [];
        asked.push(beyond);
        const page = Array.from({ length: 1000 }, () => ({ ...entry, changedKey: "no time" }));
        if (asked.length === 1) return page;
        return page.map((one) => ({ ...one, changedKey: "2026-11-20T03:00:00.000000Z#7001" }));
      },
    });
    expect(await find(server, baseTime, ports.now() + 1)).toEqual(new Map([["7001", 0]]));
    expect(asked).toEqual(["2026-11-20T02:58:00.123456Z", "no time"]);
  });
});
