import { describe, expect, it } from "vitest";
import { testNow } from "../support/api-event.ts";
import { buildAlert, buildResolvedAlert } from "../support/build-alert.ts";
import { createOperateHarness } from "../support/operate-harness.ts";

const route = "POST /v1/alerts/{alertId}/acknowledgement";
const path = { alertId: buildAlert().alertId };
const remark = { author: "Ada", note: "on it" };
const shown = { author: "crm", onBehalfOf: "Ada", note: "on it" };

describe("POST /v1/alerts/{alertId}/acknowledgement", () => {
  it("acknowledges, has it published, and writes it into the timeline", async () => {
    const { post, put, storedAlert } = createOperateHarness();
    put.alerts(buildAlert());
    const answer = await post(route, remark, path);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: {
          status: "acknowledged",
          acknowledgedAt: "2026-11-20T03:00:00.123000Z",
          acknowledgement: shown,
          timeline: [
            { what: "opened" },
            {
              at: "2026-11-20T03:00:00.123000Z",
              what: "acknowledged",
              ...shown,
              tokenId: "token_1",
            },
          ],
        },
      },
    });
    expect(storedAlert(buildAlert())).toMatchObject({
      revision: 2,
      notice: "alert.acknowledged",
      status: "acknowledged",
      acknowledgedAt: testNow,
      dueAt: buildAlert().dueAt,
    });
  });

  it.each<[string, string | undefined, Record<string, string>]>([
    ["no body", undefined, {}],
    ["an empty body", "", { "content-type": "application/x-www-form-urlencoded" }],
    ["an empty object", "{}", { "content-type": "application/json" }],
    ["empty members", '{"note":"","author":""}', { "content-type": "application/json" }],
    ["null members", '{"note":null,"author":null}', { "content-type": "application/json" }],
  ])("takes %s for nothing to add", async (_, body, headers) => {
    const { ask, put, storedAlert } = createOperateHarness();
    put.alerts(buildAlert());
    const options = { path, headers, ...(body === undefined ? {} : { body }) };
    expect(await ask(route, options)).toMatchObject({ status: 200 });
    expect(storedAlert(buildAlert())?.acknowledgement).toEqual({ author: "crm", note: "" });
  });

  it("answers 415 to a body of another type", async () => {
    const { ask } = createOperateHarness();
    expect(await ask(route, { path, body: "note=x" })).toMatchObject({ status: 415 });
  });

  it("answers the same to a repetition, and writes and publishes nothing", async () => {
    const { post, put, tables } = createOperateHarness();
    put.alerts(buildAlert());
    const first = await post(route, remark, path);
    expect(await post(route, remark, path)).toEqual(first);
    expect(tables.alertWrites).toHaveLength(1);
  });

  it("lets another person take over, and keeps the time of the first", async () => {
    const { post, put, tables } = createOperateHarness();
    const before = { acknowledgedAt: 5, status: "acknowledged", acknowledgement: shown } as const;
    put.alerts(buildAlert(before));
    await post(route, { author: "Bob", note: "mine now" }, path);
    expect(tables.alertWrites).toMatchObject([
      {
        acknowledgedAt: 5,
        acknowledgement: { author: "crm", onBehalfOf: "Bob", note: "mine now" },
        notice: "alert.acknowledged",
      },
    ]);
    await post(route, { author: "Bob", note: "found it" }, path);
    expect(tables.alertWrites).toHaveLength(2);
  });

  it("reads again where the evaluator wrote in between", async () => {
    const { post, put, tables, storedAlert } = createOperateHarness();
    const { readAlert } = tables;
    put.alerts(buildAlert());
    let reads = 0;
    tables.readAlert = async (key) => {
      const alert = await readAlert(key);
      reads += 1;
      if (reads === 1) put.alerts(buildAlert({ revision: 2, count: 9 }));
      return alert;
    };
    const harness = createOperateHarness(tables);
    expect((await harness.post(route, remark, path)).status).toBe(200);
    expect(storedAlert(buildAlert())).toMatchObject({ revision: 3, count: 9 });
    expect(await post(route, remark, { alertId: "alert-none" })).toMatchObject({ status: 404 });
  });

  it("answers 503 when other writers always come first", async () => {
    const writeAlert = async () => "conflict" as const;
    const { post, put, failures } = createOperateHarness({ writeAlert });
    put.alerts(buildAlert());
    expect(await post(route, remark, path)).toMatchObject({ status: 503 });
    expect(String(failures[0])).toContain("20 times in a row");
  });

  it("answers 404 where the alert was removed after it was found", async () => {
    const { post, put } = createOperateHarness({ readAlert: async () => undefined });
    put.alerts(buildAlert());
    expect(await post(route, remark, path)).toMatchObject({ status: 404 });
  });

  it("says that a resolved alert is resolved, and leaves it so", async () => {
    const { post, put, tables } = createOperateHarness();
    put.alerts(buildResolvedAlert());
    expect(await post(route, remark, path)).toMatchObject({
      status: 409,
      headers: { "content-type": "application/problem+json" },
      body: { type: "urn:dn-registration-adapter:problem:resolved" },
    });
    expect(tables.alertWrites).toEqual([]);
  });

  it("keeps the first and the newest entries of a long timeline", async () => {
    const { post, put, tables } = createOperateHarness();
    const timeline = Array.from({ length: 50 }, (_, at) => ({ at, what: `step ${at}` }));
    put.alerts(buildAlert({ timeline }));
    await post(route, remark, path);
    const kept = tables.alertWrites[0]?.timeline ?? [];
    expect(kept).toHaveLength(50);
    expect([kept[0]?.what, kept[1]?.what, kept[49]?.what]).toEqual([
      "step 0",
      "step 2",
      "acknowledged",
    ]);
  });
});
