import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { type Alert, subjects } from "../../lambda/domain/alerting/alert.ts";
import { toAlertView } from "../../lambda/domain/alerting/alert-view.ts";
import { reading } from "../support/alert-texts.ts";
import {
  buildAlert,
  buildIncident,
  buildMember,
  buildResolvedAlert,
} from "../support/build-alert.ts";
import { baseTime } from "../support/build-event.ts";
import { buildFormerMember, buildLoss, buildMissing } from "../support/build-loss.ts";
import { createOperateHarness } from "../support/operate-harness.ts";
import { badParameters } from "../support/query-harness.ts";

const second = 1_000_000;
const list = "GET /v1/alerts";
const one = "GET /v1/alerts/{alertId}";

const IdsSchema = v.object({
  data: v.array(v.object({ alertId: v.string() })),
  nextCursor: v.nullable(v.string()),
});
const MembersSchema = v.object({
  data: v.object({ members: v.array(v.object({ thisDN: v.string() })) }),
  nextCursor: v.nullable(v.string()),
});

/** Alerts about one DN each, every one a second later than the one before. */
const alertsAbout = (dns: readonly string[], changes: Partial<Alert> = {}): Alert[] =>
  dns.map((thisDN, index) => ({
    ...buildAlert(),
    subject: subjects.dn("SIPTS750", thisDN),
    thisDN,
    alertId: `alert-${thisDN}`,
    openedAt: baseTime + index * second,
    ...changes,
  }));

describe("GET /v1/alerts", () => {
  it("shows what a message would, with only a few of the DNs", async () => {
    const { ask, put } = createOperateHarness();
    const dns = Array.from({ length: 7 }, (_, index) => buildMember({ thisDN: `700${index}` }));
    const incident = buildIncident(dns);
    put.alerts(incident);
    const { dns: _, ...rest } = toAlertView(incident, reading);
    const answer = await ask(list);
    const shown = JSON.parse(JSON.stringify({ ...rest, dns: dns.slice(0, 5) }));
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({ data: [shown], nextCursor: null });
    expect(shown).toMatchObject({ count: 7, openedAt: "2026-11-20T02:58:30.123456Z" });
    expect(Object.keys(shown)).not.toContain("acknowledgement");
  });

  it("merges all statuses, newest opening first, page by page", async () => {
    const { ask, put } = createOperateHarness();
    put.alerts(...alertsAbout(["1", "2", "3"]));
    const late = { openedAt: baseTime + 500_000 };
    put.alerts(...alertsAbout(["4"], { ...late, status: "acknowledged" }));
    put.alerts(...alertsAbout(["5"], { ...late, status: "resolved" }));
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: string = `limit=2${cursor && `&cursor=${cursor}`}`;
      const page = v.parse(IdsSchema, (await ask(list, { query })).body);
      seen.push(...page.data.map(({ alertId }) => alertId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(["alert-3", "alert-2", "alert-5", "alert-4", "alert-1"]);
  });

  it("filters by status and server", async () => {
    const { ask, put } = createOperateHarness();
    put.alerts(...alertsAbout(["1"]), ...alertsAbout(["2"], { status: "resolved" }));
    put.alerts(...alertsAbout(["3"], { server: "SIPTS751" }));
    const ids = async (query: string) =>
      v.parse(IdsSchema, (await ask(list, { query })).body).data.map(({ alertId }) => alertId);
    expect(await ids("status=open&server=SIPTS750")).toEqual(["alert-1"]);
    expect(await ids("status=resolved")).toEqual(["alert-2"]);
    expect(await ids("server=SIPTS751")).toEqual(["alert-3"]);
  });

  it.each([
    ["another status", "status=closed", "open, acknowledged or resolved"],
    ["an unknown parameter", "page=SECRET", "known ones are status, server, limit, cursor"],
    ["a forged cursor", "cursor=SECRET", "cursor does not belong"],
    ["text that is not encoded", "server=%FF", "percent-encoded"],
  ])("answers 400 to %s", async (_, query, detail) => {
    const answer = await createOperateHarness().ask(list, { query });
    expect(answer).toMatchObject(badParameters(detail));
    expect(answer.text).not.toContain("SECRET");
  });
});

describe("GET /v1/alerts/{alertId}", () => {
  it("shows the alert with its timeline and members", async () => {
    const { ask, put } = createOperateHarness();
    const alert = buildResolvedAlert({
      acknowledgedAt: baseTime + 60 * second,
      acknowledgement: { author: "Ada", note: "on it" },
    });
    const { alertId } = alert;
    const loss = buildFormerMember(alertId, { endedAt: baseTime + 300 * second });
    put.alerts(alert);
    put.losses(loss, buildLoss({ lossId: "alert-other" }));
    const answer = await ask(one, { path: { alertId } });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      data: {
        ...JSON.parse(JSON.stringify(toAlertView(alert, reading))),
        acknowledgedAt: "2026-11-20T02:59:00.123456Z",
        acknowledgement: { author: "Ada", note: "on it" },
        timeline: [
          { at: "2026-11-20T02:58:30.123456Z", what: "opened" },
          { at: "2026-11-20T03:08:00.123456Z", what: "resolved" },
        ],
        members: [
          {
            thisDN: "7001",
            server: "SIPTS750",
            lostAt: "2026-11-20T02:58:00.123456Z",
            endedAt: "2026-11-20T03:03:00.123456Z",
            endedBy: "registered",
            severity: "critical",
            reason: loss.reason,
            applications: ["bridge-a"],
          },
        ],
      },
      nextCursor: null,
    });
  });

  it("pages through all members, the missing ones first, although one comes back meanwhile", async () => {
    const { ask, put } = createOperateHarness();
    const alert = buildIncident([buildMember()]);
    const { alertId } = alert;
    const losses = ["1", "2", "3", "4", "5"].map((thisDN) => buildMissing(alertId, { thisDN }));
    put.alerts(alert);
    put.losses(...losses);
    const seen: string[] = [];
    let query = "limit=2";
    for (let round = 0; query !== "" && round < 9; round += 1) {
      const answer = await ask(one, { query, path: { alertId } });
      const { data, nextCursor } = v.parse(MembersSchema, answer.body);
      expect(data.members.length).toBeLessThanOrEqual(2);
      seen.push(...data.members.map(({ thisDN }) => thisDN));
      query = nextCursor === null ? "" : `limit=2&cursor=${nextCursor}`;
      put.losses(buildFormerMember(alertId, { thisDN: "1", endedAt: baseTime }));
    }
    expect(seen).toEqual(["5", "4", "3", "2", "1"]);
  });

  it("leaves out a member whose item is gone", async () => {
    const gone = { readLosses: async () => [] };
    const { ask, put } = createOperateHarness(gone);
    put.alerts(buildAlert());
    put.losses(buildMissing(buildAlert().alertId));
    const answer = await ask(one, { path: { alertId: buildAlert().alertId } });
    expect(v.parse(MembersSchema, answer.body).data.members).toEqual([]);
  });

  it("answers 404 to an id that no alert has", async () => {
    const { ask } = createOperateHarness();
    const unknown = { status: 404, body: { type: "urn:dn-registration-adapter:problem:unknown" } };
    expect(await ask(one, { path: { alertId: "x".repeat(3000) } })).toMatchObject(unknown);
    expect(await ask(one)).toMatchObject(unknown);
  });

  it("answers 400 to another alert's cursor", async () => {
    const { ask, put } = createOperateHarness();
    const alert = buildAlert();
    put.alerts(alert);
    put.losses(...["1", "2"].map((thisDN) => buildMissing(alert.alertId, { thisDN })));
    const first = await ask(one, { query: "limit=1", path: { alertId: alert.alertId } });
    const query = `cursor=${v.parse(MembersSchema, first.body).nextCursor}`;
    const answer = await ask(one, { query, path: { alertId: "alert-other" } });
    expect(answer).toMatchObject(badParameters("cursor does not belong"));
    const bad = await ask(one, { query: "limit=0", path: { alertId: alert.alertId } });
    expect(bad).toMatchObject(badParameters("limit"));
  });
});
