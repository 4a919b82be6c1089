import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { subjects } from "../../lambda/domain/alerting/alert.ts";
import { compareText } from "../../lambda/domain/text.ts";
import { testNow } from "../support/api-event.ts";
import { buildAlert, buildIncident, buildMember } from "../support/build-alert.ts";
import { baseTime } from "../support/build-event.ts";
import { buildLoss, buildMissing } from "../support/build-loss.ts";
import { buildWindow } from "../support/build-window.ts";
import { createOperateHarness } from "../support/operate-harness.ts";
import { askWithinLimits, walkPages } from "../support/walk-pages.ts";

const count = 150;
const numbers = Array.from({ length: count }, (_, index) => String(index).padStart(4, "0"));
// The longest list of one name: it has 38 kB, and as much more in Lambda's payload.
const quotes = '"'.repeat(19_000);
const MembersSchema = v.object({
  data: v.object({ members: v.array(v.object({ thisDN: v.string() })) }),
  nextCursor: v.nullable(v.string()),
});

const createHarness = (...[changes]: Parameters<typeof createOperateHarness>) => {
  const harness = createOperateHarness(changes);
  return { ...harness, askWithin: askWithinLimits(harness.ask) };
};

describe("a list that would exceed what an answer holds goes on on the next page", () => {
  it("of alerts", async () => {
    const { askWithin, put } = createHarness();
    const dns = [buildMember({ applications: [quotes] })];
    for (const [index, thisDN] of numbers.entries()) {
      const place = { subject: subjects.dn("S", thisDN), openedAt: baseTime + index };
      put.alerts(buildAlert({ ...place, thisDN, alertId: `alert-${thisDN}`, dns }));
    }
    const pages = await walkPages(askWithin, "GET /v1/alerts", "limit=500");
    const wanted = numbers.toReversed().map((thisDN) => ({ alertId: `alert-${thisDN}` }));
    expect(pages.flat()).toMatchObject(wanted);
    expect(pages.length).toBeGreaterThan(2);
  });

  it("of decisions", async () => {
    const { askWithin, put } = createHarness();
    const trail = Array(20).fill({ at: baseTime, words: '"'.repeat(1_000) });
    const losses = numbers.map((lossId, index) =>
      buildLoss({ lossId, learntAt: baseTime + index, trail }),
    );
    put.losses(...losses);
    const pages = await walkPages(askWithin, "GET /v1/decisions", "thisDN=7001&limit=500");
    expect(pages.flat()).toMatchObject(numbers.toReversed().map((lossId) => ({ lossId })));
    expect(pages.length).toBeGreaterThan(2);
  });

  it("of maintenance windows", async () => {
    const { askWithin, tables } = createHarness();
    for (const [index, id] of numbers.entries()) {
      tables.windows.set(id, buildWindow({ id, end: testNow + 1 + index, thisDNs: [quotes] }));
    }
    const pages = await walkPages(askWithin, "GET /v1/maintenance-windows", "limit=100");
    expect(pages.flat()).toMatchObject(numbers.map((id) => ({ id })));
    expect(pages.length).toBeGreaterThan(2);
  });

  it("of members of an alert", async () => {
    const { askWithin, put } = createHarness();
    const incident = buildIncident([buildMember()]);
    put.alerts(incident);
    const losses = numbers.map((thisDN) =>
      buildMissing(incident.alertId, { thisDN, applications: [quotes] }),
    );
    put.losses(...losses);
    const seen: string[] = [];
    let cursor: string | null = "";
    let pages = 0;
    while (cursor !== null) {
      const query: string = `limit=500${cursor && `&cursor=${cursor}`}`;
      const path = { alertId: incident.alertId };
      const answer = await askWithin("GET /v1/alerts/{alertId}", { path, query });
      const page = v.parse(MembersSchema, answer.body);
      seen.push(...page.data.members.map(({ thisDN }) => thisDN));
      cursor = page.nextCursor;
      pages += 1;
    }
    expect(seen.toSorted(compareText)).toEqual(numbers);
    expect(pages).toBeGreaterThan(2);
  });
});
