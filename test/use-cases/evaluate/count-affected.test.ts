import { describe, expect, it } from "vitest";
import { createCountAffected } from "../../../lambda/use-cases/evaluate/count-affected.ts";
import { registered, unregistered } from "../../support/build-event.ts";
import { at, connectionOf, createWatchingHarness } from "../../support/watching-harness.ts";

const server = "SIPTS750";
const bridge = { server, application: "bridge-a" };

const extra = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    thisDN: `extra ${index}`,
    server,
    changedKey: `${index}`,
  }));

describe("how many DNs are behind a server or a bridge", () => {
  it("is how many are registered on the server, and how many of them the bridge holds", async () => {
    const { store, alerting, record } = createWatchingHarness();
    await record([
      ...["1", "2", "3"].map((thisDN) => registered({ thisDN })),
      registered({ thisDN: "3", application: "bridge-b" }),
      registered({ thisDN: "4", application: "bridge-b" }),
      unregistered({ thisDN: "2", time: at(1) }),
      registered({ thisDN: "9", server: "OTHER" }),
    ]);
    const count = createCountAffected({ ...store, ...alerting });
    expect(await count({ server })).toBe(3);
    expect(await count(bridge)).toBe(2);
    expect(await count({ server: "NEVER" })).toBe(0);
    expect(await count({ ...bridge, server: "NEVER" })).toBe(0);
  });
});

describe("of a bridge on a server with more DNs than the statuses are read of", () => {
  const lists = async ({
    shard,
    limit,
    beyond,
  }: {
    shard: number;
    limit: number;
    beyond?: string | undefined;
  }) =>
    shard > 2 || (beyond !== undefined && shard > 0)
      ? []
      : extra(limit).map((one) => ({ ...one, thisDN: `${shard} ${one.thisDN} ${beyond}` }));

  it.each([
    [{ counted: { count: 4, at: at(0) }, registered: { count: 5, heardAt: at(1) } }, 4],
    [{ registered: { count: 5, heardAt: at(1) } }, 5],
    [{}, undefined],
  ])("it is what was counted last, else what the bridge says: %j", async (known, expected) => {
    const { store, alerting, put } = createWatchingHarness();
    put(connectionOf(known));
    const count = createCountAffected({ ...store, ...alerting, readList: lists });
    expect(await count(bridge)).toBe(expected);
    expect(await count({ server, application: "unknown" })).toBeUndefined();
  });

  it("of the server it is unknown where the lists go on and on", async () => {
    const { store, alerting } = createWatchingHarness();
    const count = createCountAffected({ ...store, ...alerting, readList: lists });
    expect(await count({ server })).toBeUndefined();
  });
});
