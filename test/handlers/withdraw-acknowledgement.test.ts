import { describe, expect, it } from "vitest";
import { testNow } from "../support/api-event.ts";
import { buildAlert, buildResolvedAlert } from "../support/build-alert.ts";
import { createOperateHarness } from "../support/operate-harness.ts";

const acknowledge = "POST /v1/alerts/{alertId}/acknowledgement";
const withdraw = "DELETE /v1/alerts/{alertId}/acknowledgement";
const path = { alertId: buildAlert().alertId };
const acknowledged = {
  status: "acknowledged",
  acknowledgedAt: 5,
  acknowledgement: { author: "Ada", note: "on it" },
} as const;

describe("DELETE /v1/alerts/{alertId}/acknowledgement", () => {
  it("opens the alert again, has it published, and says in the timeline who did it", async () => {
    const { ask, put, storedAlert } = createOperateHarness();
    put.alerts(buildAlert(acknowledged));
    const answer = await ask(withdraw, { path });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: {
          alertId: path.alertId,
          status: "open",
          timeline: [
            { what: "opened" },
            {
              at: "2026-11-20T03:00:00.123000Z",
              what: "acknowledgement taken back",
              author: "crm",
              tokenId: "token_1",
            },
          ],
        },
      },
    });
    expect(answer.text).not.toMatch(/"acknowledge(dAt|ment)"/);
    expect(storedAlert(buildAlert())).toMatchObject({
      status: "open",
      revision: 2,
      notice: "alert.updated",
      remindedAt: testNow,
    });
    expect(storedAlert(buildAlert())).not.toHaveProperty("acknowledgement");
    expect(storedAlert(buildAlert())).not.toHaveProperty("acknowledgedAt");
  });

  it("lets the same person acknowledge it once more", async () => {
    const { ask, post, put, tables } = createOperateHarness();
    put.alerts(buildAlert());
    await post(acknowledge, { note: "on it" }, path);
    await ask(withdraw, { path });
    expect(await post(acknowledge, { note: "on it" }, path)).toMatchObject({
      status: 200,
      body: { data: { status: "acknowledged", acknowledgement: { author: "crm" } } },
    });
    expect(tables.alertWrites.map(({ notice }) => notice)).toEqual([
      "alert.acknowledged",
      "alert.updated",
      "alert.acknowledged",
    ]);
  });

  it.each([
    ["an open alert", buildAlert(), "not-acknowledged"],
    ["a resolved one", buildResolvedAlert(acknowledged), "resolved"],
  ])("answers 409 to %s, and leaves it so", async (_, alert, code) => {
    const { ask, put, tables } = createOperateHarness();
    put.alerts({ ...alert, status: alert.resolvedAt === undefined ? "open" : "resolved" });
    expect(await ask(withdraw, { path })).toMatchObject({
      status: 409,
      headers: { "content-type": "application/problem+json" },
      body: {
        type: `urn:dn-registration-adapter:problem:${code}`,
        detail: expect.stringContaining("acknowledge"),
      },
    });
    expect(tables.alertWrites).toEqual([]);
  });

  it("answers 404 to an alert that is not known, or was removed after it was found", async () => {
    const { ask, put } = createOperateHarness({ readAlert: async () => undefined });
    expect(await ask(withdraw, { path })).toMatchObject({ status: 404 });
    put.alerts(buildAlert(acknowledged));
    expect(await ask(withdraw, { path })).toMatchObject({ status: 404 });
  });

  it("is one person's only where two take it back at once", async () => {
    const { ask, put, tables } = createOperateHarness();
    put.alerts(buildAlert(acknowledged));
    const answers = await Promise.all([ask(withdraw, { path }), ask(withdraw, { path })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(tables.alertWrites).toHaveLength(1);
  });
});

describe("POST /v1/alerts/{alertId}/acknowledgement without a note", () => {
  it("shows none, and is read by versions that expect one", async () => {
    const { post, put, storedAlert, tables } = createOperateHarness();
    put.alerts(buildAlert());
    const answer = await post(acknowledge, {}, path);
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toHaveProperty("data.acknowledgement", { author: "crm" });
    expect(answer.text).not.toContain("note");
    expect(storedAlert(buildAlert())?.acknowledgement?.note).toBe("");
    expect(await post(acknowledge, {}, path)).toEqual(answer);
    expect(tables.alertWrites).toHaveLength(1);
  });

  it("is another one where a note comes later", async () => {
    const { post, put, tables } = createOperateHarness();
    put.alerts(buildAlert());
    await post(acknowledge, {}, path);
    await post(acknowledge, { note: "found it" }, path);
    expect(tables.alertWrites).toHaveLength(2);
  });
});
