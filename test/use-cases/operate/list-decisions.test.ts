import { describe, expect, it } from "vitest";
import { buildAlert } from "../../support/build-alert.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { buildLoss, buildMissing } from "../../support/build-loss.ts";
import { createOperateHarness } from "../../support/operate-harness.ts";
import { walkPages } from "../../support/walk-pages.ts";

const route = "GET /v1/decisions";
const query = "thisDN=7001";

describe("a loss that is claimed for an alert", () => {
  const trail = ["lost by bridge-a", "lost alone: alert alert-1"].map((words) => ({
    at: baseTime,
    words,
  }));
  const claimed = buildMissing("alert-1", { trail });
  const written = buildAlert({ subject: "a subject", alertId: "alert-1" });

  it("is alerted where that alert is written, and waits otherwise", async () => {
    const { ask, put } = createOperateHarness();
    put.losses(claimed);
    const why = [{ words: "lost by bridge-a" }];
    const waiting = { state: "waiting", lossId: claimed.lossId, why };
    const before = await ask(route, { query });
    expect(before.body).toMatchObject({ data: [waiting] });
    expect(before.text).not.toContain("alert-1");
    put.alerts({ ...written, alertId: "alert-2" });
    expect((await ask(route, { query })).body).toMatchObject({ data: [waiting] });
    put.alerts(written);
    expect((await ask(route, { query })).body).toMatchObject({
      data: [{ state: "alerted", alertId: "alert-1", why: trail.map(({ words }) => ({ words })) }],
    });
  });

  it("is checked only on its own page, and an alert of many losses once", async () => {
    const { tables } = createOperateHarness();
    const read: string[] = [];
    const { ask, put } = createOperateHarness({
      readAlert: (key) => {
        read.push(key.subject);
        return tables.readAlert(key);
      },
    });
    const claims = Array.from({ length: 5 }, (_, index) =>
      buildMissing("alert-1", { lossId: `loss-${index}`, learntAt: baseTime + index }),
    );
    put.losses(...claims, buildLoss({ learntAt: baseTime + 9 }));
    await ask(route, { query: `${query}&limit=4` });
    expect(read).toEqual(["a subject"]);
    await ask(route, { query: `${query}&limit=1` });
    expect(read).toHaveLength(1);
  });
});

describe("the decisions about a DN that came and went for months", () => {
  const count = 4_500;
  const lossIdOf = (index: number): string => `loss-${String(index).padStart(5, "0")}`;

  const fill = async () => {
    const limits: unknown[] = [];
    const harness = createOperateHarness();
    const { tables } = harness;
    const { ask } = createOperateHarness({
      ...tables,
      readLossesOfDn: (thisDN, range) => {
        limits.push("limit" in range && range.limit);
        return tables.readLossesOfDn(thisDN, range);
      },
    });
    const losses = Array.from({ length: count }, (_, index) =>
      buildLoss({ lossId: lossIdOf(index), learntAt: baseTime + ((index * 7919) % count) }),
    );
    harness.put.losses(...losses, buildLoss({ server: "SIPTS751", lossId: "elsewhere" }));
    await harness.put.events(registered(), unregistered({ time: baseTime + 1 }));
    return { ask, limits, tables };
  };
  const idsOf = (pages: readonly (readonly unknown[])[]): string[] =>
    pages
      .flat()
      .map((one) => (typeof one === "object" && one && "lossId" in one ? String(one.lossId) : ""));

  it.each([
    [query, count + 2],
    [`${query}&server=SIPTS750`, count + 1],
    [`${query}&server=SIPTS751`, 1],
  ])(
    "are each given once, and no request reads more than 2,001 of them (%s)",
    async (asked, all) => {
      const { ask, limits, tables } = await fill();
      const pages = await walkPages(ask, route, `${asked}&limit=500`);
      const ids = idsOf(pages);
      expect(ids).toHaveLength(all);
      expect(new Set(ids).size).toBe(all);
      expect(new Set(limits)).toEqual(new Set([2_001]));
      const [status] = await tables.readStatuses([{ thisDN: "7001", server: "SIPTS750" }]);
      if (all > 1) expect(ids[0]).toBe(status?.alertId);
    },
  );

  it("are none, without another page, on a server that has none and comes before the others", async () => {
    const { ask } = await fill();
    expect(await walkPages(ask, route, `${query}&server=SIPTS749`)).toEqual([[]]);
  });

  it("have the present loss first, though it was decided and is in a later part", async () => {
    const { ask, tables } = await fill();
    const [status] = await tables.readStatuses([{ thisDN: "7001", server: "SIPTS750" }]);
    const present = { lossId: status?.alertId ?? "", learntAt: baseTime + count };
    await tables.writeLoss(buildMissing("alert-1", present));
    const ids = idsOf(await walkPages(ask, route, `${query}&limit=500`));
    expect(ids[0]).toBe(present.lossId);
    expect(ids.filter((id) => id === present.lossId)).toHaveLength(1);
  });
});
