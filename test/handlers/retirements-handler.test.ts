import { describe, expect, it, vi } from "vitest";
import type { EvaluationRequest } from "../../lambda/domain/alerting/evaluation-message.ts";
import { testNow } from "../support/api-event.ts";
import {
  buildAlert,
  buildIncident,
  buildMember,
  buildResolvedAlert,
} from "../support/build-alert.ts";
import { buildConnection } from "../support/build-connection.ts";
import { baseTime, registered, retired, unregistered } from "../support/build-event.ts";
import { buildHeld, buildMissing } from "../support/build-loss.ts";
import { connectionMapKey } from "../support/in-memory-alerting.ts";
import { createOperateHarness } from "../support/operate-harness.ts";

const route = "POST /v1/retirements";
const remark = { author: "Ada", note: "phone thrown away" };
const kept = { author: "crm", onBehalfOf: "Ada", note: "phone thrown away" };
const signed = { ...kept, tokenId: "token_1" };
const dn = { server: "SIPTS750", thisDN: "7001", ...remark };
const bridgeB = { application: "bridge-b" };
const unknown = { status: 404, body: { type: "urn:dn-registration-adapter:problem:unknown" } };

const rowsOf = ({ history }: { history: Map<string, { event: string }> }) =>
  [...history.values()].filter(({ event }) => event === "Retired");

describe("POST /v1/retirements with a DN", () => {
  it("retires all its registrations at once, and the history says who retired them and why", async () => {
    const { post, put, tables } = createOperateHarness();
    await put.events(registered(), registered(bridgeB), registered({ thisDN: "7002" }));
    expect(await post(route, dn)).toMatchObject({ status: 200, body: { retired: 2 } });
    expect(rowsOf(tables)).toMatchObject(
      ["bridge-a", "bridge-b"].map((application) => ({
        application,
        thisDN: "7001",
        time: testNow,
        keyId: "token_1",
        other: kept,
      })),
    );
    const listed = await tables.readStatuses([{ thisDN: "7001", server: "SIPTS750" }]);
    expect(listed).toMatchObject([
      { applications: { "bridge-a": { retired: { time: testNow } } } },
    ]);
  });

  it("leaves the other applications unchanged where one is named", async () => {
    const { post, put, tables } = createOperateHarness();
    await put.events(registered(), registered(bridgeB));
    expect((await post(route, { ...dn, ...bridgeB })).body).toEqual({ retired: 1 });
    expect(rowsOf(tables)).toMatchObject([bridgeB]);
  });

  it("does nothing to what is retired already", async () => {
    const { post, put, tables } = createOperateHarness();
    const time = baseTime + 1;
    await put.events(registered(), retired({ time }), registered(bridgeB));
    expect(await post(route, dn)).toMatchObject({ status: 200, body: { retired: 1 } });
    expect(await post(route, dn)).toMatchObject({ status: 200, body: { retired: 0 } });
    expect(rowsOf(tables)).toMatchObject([{ time }, { ...bridgeB, time: testNow }]);
  });

  it("retires a DN registered by a T-Server whose clock is ahead of ours", async () => {
    const { post, put, tables } = createOperateHarness();
    const time = testNow + 5_000_000;
    await put.events(registered({ time }));
    await post(route, dn);
    expect(rowsOf(tables)).toMatchObject([{ time: time + 1 }]);
  });

  it("answers 404 to a DN or an application never seen there", async () => {
    const { post, put } = createOperateHarness();
    await put.events(registered({ server: "SIPTS751" }));
    expect(await post(route, dn)).toMatchObject(unknown);
    expect(await post(route, { ...dn, server: "SIPTS751", ...bridgeB })).toMatchObject(unknown);
  });

  it("says so in the timeline of the alert that the DN is part of, and publishes nothing", async () => {
    const { post, put, tables } = createOperateHarness();
    await put.events(registered(), unregistered({ time: baseTime + 1 }));
    const [status] = await tables.readStatusesOfDn("7001");
    const { alertId: lossId = "" } = status ?? {};
    const alert = buildAlert();
    const { subject, number, alertId } = alert;
    put.alerts(alert);
    put.losses(buildMissing(alertId, { lossId, alert: { subject, number, alertId } }));
    expect((await post(route, dn)).body).toEqual({ retired: 1 });
    expect(tables.alertWrites).toMatchObject([
      {
        revision: 2,
        status: "open",
        timeline: [{ what: "opened" }, { at: testNow, what: "retired DN 7001", ...signed }],
      },
    ]);
    expect(tables.alertWrites[0]?.notice).toBeUndefined();
  });

  it("says nothing in the timeline of another alert that has the key of one that was never written", async () => {
    const { post, put, tables } = createOperateHarness();
    await put.events(registered(), unregistered({ time: baseTime + 1 }));
    const [status] = await tables.readStatuses([{ thisDN: "7001", server: "SIPTS750" }]);
    const { subject, number, alertId } = buildAlert();
    put.alerts(buildAlert({ alertId: "alert-other" }));
    const lossId = status?.alertId ?? "";
    put.losses(buildMissing(alertId, { lossId, alert: { subject, number, alertId } }));
    expect((await post(route, dn)).body).toEqual({ retired: 1 });
    expect(tables.alertWrites).toEqual([]);
  });

  it("leaves a resolved alert unchanged", async () => {
    const { post, put, tables } = createOperateHarness();
    await put.events(registered(), unregistered({ time: baseTime + 1 }));
    const [status] = await tables.readStatusesOfDn("7001");
    const resolved = buildResolvedAlert();
    put.alerts(resolved);
    const { subject, number, alertId } = resolved;
    const lossId = status?.alertId ?? "";
    put.losses(buildMissing(alertId, { lossId, alert: { subject, number, alertId } }));
    expect((await post(route, dn)).body).toEqual({ retired: 1 });
    expect(tables.alertWrites).toEqual([]);
  });

  it("works for a loss without an alert", async () => {
    const { post, put, tables } = createOperateHarness();
    await put.events(registered(), unregistered({ time: baseTime + 1 }));
    expect((await post(route, dn)).body).toEqual({ retired: 1 });
    await put.events(
      registered({ thisDN: "7002" }),
      unregistered({ thisDN: "7002", time: baseTime + 1 }),
    );
    const [status] = await tables.readStatusesOfDn("7002");
    put.losses(buildHeld("server", { thisDN: "7002", lossId: status?.alertId ?? "" }));
    expect((await post(route, { ...dn, thisDN: "7002" })).body).toEqual({ retired: 1 });
    expect(tables.alertWrites).toEqual([]);
  });
});

describe("POST /v1/retirements with a server", () => {
  const whole = { server: "SIPTS750", ...remark };
  const kinds = (requests: readonly EvaluationRequest[]) =>
    requests.map(({ message }) => [message.kind, "application" in message && message.application]);

  it("stops the silence checks and starts a sweep over the registrations", async () => {
    const { post, put, tables } = createOperateHarness();
    const other = { id: "s1", purpose: { kind: "mark", stale: true }, progressAt: 1 } as const;
    put.connections(buildConnection({ revision: 7, sweeps: [other] }), buildConnection(bridgeB));
    expect(await post(route, { ...whole, application: "bridge-a" })).toMatchObject({
      status: 202,
      body: { status: "under way", applications: ["bridge-a"] },
    });
    const connection = tables.connections.get(connectionMapKey(buildConnection()));
    const purpose = { kind: "retire", at: testNow, ...signed };
    expect(connection).toMatchObject({
      revision: 8,
      retiredAt: testNow,
      sweeps: [other, { purpose, progressAt: testNow }],
    });
    const sweepId = JSON.stringify(["retire", "SIPTS750", "bridge-a", testNow]);
    expect(connection?.sweeps[1]?.id).toBe(sweepId);
    const place = { server: "SIPTS750", application: "bridge-a" };
    expect(tables.requests).toEqual([
      { message: { kind: "sweep", ...place, sweepId }, delaySeconds: 0 },
      { message: { kind: "connection", ...place }, delaySeconds: 0 },
    ]);
  });

  it("retires every application that it knows by connections or by registrations", async () => {
    const { post, put, tables } = createOperateHarness();
    put.connections(buildConnection(bridgeB));
    put.alerts(buildAlert());
    await put.events(registered());
    const answer = await post(route, whole);
    expect(answer.body).toEqual({ status: "under way", applications: ["bridge-a", "bridge-b"] });
    expect(tables.alertWrites[0]?.timeline.at(-1)?.what).toBe("retired bridge-a and bridge-b");
    expect(kinds(tables.requests)).toEqual([
      ["sweep", "bridge-a"],
      ["connection", "bridge-a"],
      ["sweep", "bridge-b"],
      ["connection", "bridge-b"],
    ]);
    expect(tables.connections.get(connectionMapKey(buildConnection()))).toMatchObject({
      revision: 1,
      seenAt: 0,
      watched: false,
      retiredAt: testNow,
    });
  });

  it("continues with one sweep when it is asked for twice", async () => {
    const { post, put, tables } = createOperateHarness();
    put.connections(buildConnection());
    await post(route, whole);
    await post(route, whole);
    const connection = tables.connections.get(connectionMapKey(buildConnection()));
    expect(connection).toMatchObject({ revision: 3, sweeps: [{ purpose: { kind: "retire" } }] });
  });

  it("answers 404 to a server or an application never heard of", async () => {
    const { post, put, tables } = createOperateHarness();
    expect(await post(route, whole)).toMatchObject(unknown);
    put.connections(buildConnection());
    expect(await post(route, { ...whole, ...bridgeB })).toMatchObject(unknown);
    expect(tables.requests).toEqual([]);
  });

  it("answers 503 when other writers of the connection always come first", async () => {
    const writeConnection = vi.fn(async () => "conflict" as const);
    const { post, put, failures } = createOperateHarness({ writeConnection });
    put.connections(buildConnection());
    expect(await post(route, whole)).toMatchObject({ status: 503 });
    expect(String(failures[0])).toContain("20 times in a row");
    expect(writeConnection).toHaveBeenCalledTimes(20);
  });

  it("says so, once, in the timelines of open alerts that name the application", async () => {
    const { post, put, tables } = createOperateHarness();
    put.connections(buildConnection());
    const about = (alertId: string, application: string) => ({
      subject: alertId,
      alertId,
      application,
    });
    put.alerts(
      buildIncident([
        buildMember({ thisDN: "7002", applications: ["bridge-b"] }),
        buildMember({ applications: ["bridge-b", "bridge-a"] }),
      ]),
      buildAlert({ ...about("b", "bridge-a"), kind: "bridge", status: "acknowledged", dns: [] }),
      buildAlert({ ...about("c", "bridge-b"), kind: "bridge", dns: [] }),
      buildAlert({ ...about("d", "bridge-a"), status: "resolved" }),
      buildAlert({ ...about("e", "bridge-a"), server: "SIPTS751" }),
    );
    await post(route, whole);
    await post(route, whole);
    const noted = tables.alertWrites.map(({ subject, timeline }) => [subject, timeline.at(-1)]);
    const entry = { at: testNow, what: "retired bridge-a", ...signed };
    expect(new Map(tables.alertWrites.map((a) => [a.alertId, a.timeline.at(-1)]))).toEqual(
      new Map([
        [buildAlert().alertId, entry],
        ["b", entry],
      ]),
    );
    expect(noted).toHaveLength(2);
  });
});
