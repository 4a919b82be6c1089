import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { MaintenanceWindow } from "../../lambda/domain/alerting/maintenance-window.ts";
import { formatTime } from "../../lambda/domain/time.ts";
import { maxWindows } from "../../lambda/use-cases/operate/plan-window.ts";
import { testNow } from "../support/api-event.ts";
import { buildHeld } from "../support/build-loss.ts";
import { buildWindow } from "../support/build-window.ts";
import { createOperateHarness } from "../support/operate-harness.ts";
import { badParameters } from "../support/query-harness.ts";
import { walkPages } from "../support/walk-pages.ts";

const list = "GET /v1/maintenance-windows";
const plan = "POST /v1/maintenance-windows";
const cancel = "DELETE /v1/maintenance-windows/{id}";
const minute = 60_000_000;

const planned = {
  server: "SIPTS750",
  start: "2026-11-20T03:00:00Z",
  end: "2026-11-20T04:00:00+00:00",
  reason: "new release",
  author: "Ada",
};
const all = { server: undefined, everything: true };

const createHarness = (...windows: MaintenanceWindow[]) => {
  const harness = createOperateHarness();
  for (const window of windows) harness.tables.windows.set(window.id, window);
  return harness;
};

const PlannedSchema = v.object({ data: v.object({ id: v.string() }) });

describe("POST /v1/maintenance-windows", () => {
  it("keeps the window and says where it is", async () => {
    const { post, tables } = createHarness();
    const body = { ...planned, thisDNs: ["7001", "7002"], prefix: "70" };
    const answer = await post(plan, body);
    const { id } = v.parse(PlannedSchema, answer.body).data;
    expect(answer).toMatchObject({
      status: 201,
      headers: { location: `/v1/maintenance-windows/${id}` },
    });
    expect(answer.body).toEqual({
      data: {
        ...body,
        id,
        author: "crm",
        onBehalfOf: "Ada",
        tokenId: "token_1",
        start: "2026-11-20T03:00:00.000000Z",
        end: "2026-11-20T04:00:00.000000Z",
        createdAt: "2026-11-20T03:00:00.123000Z",
      },
    });
    expect([...tables.windows.values()]).toMatchObject([{ id, createdAt: testNow }]);
    expect(tables.requests).toEqual([]);
  });

  it("covers feature codes, which begin with an asterisk", async () => {
    const { post } = createHarness();
    const codes = { thisDNs: ["*72", "*73*"], prefix: "*7" };
    expect(await post(plan, { ...planned, ...codes })).toMatchObject({ status: 201 });
  });

  it("is the same window when it is planned again", async () => {
    const { post, tables } = createHarness();
    const first = await post(plan, planned);
    expect(await post(plan, planned)).toEqual(first);
    await post(plan, { ...planned, reason: "another" });
    expect(tables.windows.size).toBe(2);
    const start = Date.parse(planned.start) * 1000;
    const content = [planned.server, null, null, start, start + 60 * minute];
    expect([...tables.windows.keys()]).toEqual(
      ["new release", "another"].map((reason) =>
        JSON.stringify(["window", ...content, reason, "crm", "Ada", "token_1", null]),
      ),
    );
  });

  it("has held losses checked when a window for a server ends soon", async () => {
    const { post, tables } = createHarness();
    await post(plan, { ...planned, end: "2026-11-20T03:10:00Z" });
    const { server: _, ...everywhere } = planned;
    await post(plan, { ...everywhere, prefix: "7", end: "2026-11-20T03:10:00Z" });
    expect(tables.requests).toEqual([
      { message: { kind: "release", server: "SIPTS750" }, delaySeconds: 600 },
    ]);
  });

  it("counts 15 minutes as soon", async () => {
    const { post, tables } = createHarness();
    const inAQuarter = testNow + 15 * minute;
    await post(plan, { ...planned, end: formatTime(inAQuarter) });
    await post(plan, { ...planned, end: formatTime(inAQuarter + 1) });
    expect(tables.requests).toMatchObject([{ delaySeconds: 900 }]);
  });

  const manyWindows = (count: number) =>
    Array.from({ length: count }, (_, index) => buildWindow({ id: `w${index}` }));

  it("accepts the last window that there may be, and accepts it again", async () => {
    const { post } = createHarness(...manyWindows(maxWindows - 1));
    const first = await post(plan, planned);
    expect(first.status).toBe(201);
    expect(await post(plan, planned)).toEqual(first);
  });

  it("answers 409 when there are too many", async () => {
    const { post, tables } = createHarness(...manyWindows(maxWindows));
    expect(await post(plan, planned)).toMatchObject({
      status: 409,
      body: { type: "urn:dn-registration-adapter:problem:too-many-windows" },
    });
    expect(tables.windows.size).toBe(maxWindows);
  });

  it.each<[string, object, string, string]>([
    ["nothing that it covers", { server: undefined }, "", 'or "everything": true'],
    [
      "all prefixes of no server",
      { server: undefined, prefix: "" },
      "/prefix",
      '"everything": true',
    ],
    ["all prefixes", { prefix: "" }, "/prefix", "leave it out"],
    ["all prefixes beside everything", { ...all, prefix: "" }, "/prefix", "leave it out"],
    ["everything, said to be false", { server: undefined, everything: false }, "", "everything"],
    ["everything, and a server", { everything: true }, "/everything", "every server"],
    ["everything, and DNs", { ...all, thisDNs: ["7001"] }, "/everything", "every server"],
    ["everything, and a prefix", { ...all, prefix: "7" }, "/everything", "every server"],
    ["everything as text", { ...all, everything: "true" }, "/everything", "true or false"],
    ["a wildcard for servers", { server: "*" }, "/server", '"everything": true'],
    ["a pattern of servers", { server: "SIPTS*" }, "/server", "no wildcard"],
    ["a wildcard for prefixes", { prefix: "*" }, "/prefix", '"everything": true'],
    ["a pattern of prefixes", { prefix: "70*" }, "/prefix", "no wildcard"],
    ["a wildcard among DNs", { thisDNs: ["7001", "*"] }, "/thisDNs/1", '"everything": true'],
    [
      "an end in the past",
      { start: "2026-11-20T02:00:00Z", end: "2026-11-20T02:59:00Z" },
      "/end",
      "in the future",
    ],
    ["an end before its start", { start: "2026-11-21T00:00:00Z" }, "/end", "after start"],
    ["more than 30 days", { end: "2026-12-20T03:00:00.000001Z" }, "/end", "30 days"],
    ["a time without an offset", { start: "2026-11-20T03:00:00" }, "/start", "has no offset"],
    ["a time as a number", { start: 1_795_143_480 }, "/start", "ISO 8601"],
    ["no DN", { thisDNs: [] }, "/thisDNs", "1 to 1000"],
    ["1,001 DNs", { thisDNs: Array.from({ length: 1001 }, String) }, "/thisDNs", "1 to 1000"],
    ["an impossible DN", { thisDNs: ["7001", ""] }, "/thisDNs/1", "1 to 255"],
    ["a line break in its reason", { reason: "a\nb" }, "/reason", "control characters"],
  ])("answers 400 to %s", async (_, changes, pointer, detail) => {
    const { post, tables } = createHarness();
    expect(await post(plan, { ...planned, ...changes })).toMatchObject({
      status: 400,
      body: { problems: [{ pointer, detail: expect.stringContaining(detail) }] },
    });
    expect(tables.windows.size).toBe(0);
  });

  it("covers everything where that is asked for, and says so", async () => {
    const { post, ask, tables } = createHarness();
    expect(await post(plan, { ...planned, ...all })).toMatchObject({
      status: 201,
      body: { data: { everything: true } },
    });
    expect((await post(plan, { ...planned, everything: false })).status).toBe(201);
    const [whole, one] = [...tables.windows.values()];
    expect(whole).toMatchObject({ everything: true });
    expect(JSON.stringify(one)).not.toContain("everything");
    expect(await ask(list)).toMatchObject({
      body: { data: expect.arrayContaining([expect.objectContaining({ everything: true })]) },
    });
  });

  it("is another window where another token plans it, or the same one for another person", async () => {
    const { post, ask, tables } = createHarness();
    await post(plan, planned);
    await post(plan, { ...planned, author: "Bob" });
    const authorizer = { tokenId: "token_2", tokenName: "crm", scopes: "alerts:write" };
    const headers = { "content-type": "application/json" };
    await ask(plan, { body: JSON.stringify(planned), headers, authorizer });
    expect([...tables.windows.values()]).toMatchObject([
      { author: "crm", onBehalfOf: "Ada", tokenId: "token_1" },
      { author: "crm", onBehalfOf: "Bob", tokenId: "token_1" },
      { author: "crm", onBehalfOf: "Ada", tokenId: "token_2" },
    ]);
  });

  it("accepts 30 days and 1,000 DNs", async () => {
    const thisDNs = Array.from({ length: 1000 }, (_, index) => String(index));
    const end = "2026-12-20T03:00:00Z";
    expect(await createHarness().post(plan, { ...planned, end, thisDNs })).toMatchObject({
      status: 201,
    });
  });
});

describe("GET /v1/maintenance-windows", () => {
  it("lists those that have not ended, the earliest end first, page by page", async () => {
    const over = buildWindow({ id: "over", end: testNow - 1 });
    const windows = ["w3", "w1", "w2"].map((id, index) =>
      buildWindow({ id, end: testNow + (index + 1) * minute }),
    );
    const { ask } = createHarness(over, ...windows);
    const [w3, w1] = [{ id: "w3" }, { id: "w1" }];
    const w2 = { id: "w2", server: "SIPTS750", end: "2026-11-20T03:03:00.123000Z" };
    expect(await walkPages(ask, list, "limit=1")).toMatchObject([[w3], [w1], [w2]]);
    expect(await walkPages(ask, list, "limit=2")).toMatchObject([[w3, w1], [w2]]);
    expect(await walkPages(ask, list, "limit=3")).toMatchObject([[w3, w1, w2]]);
  });

  it("shows a window of an older version as it is: its author was given by its caller", async () => {
    const { body } = await createHarness(buildWindow()).ask(list);
    expect(JSON.stringify(body)).toMatch(/"author":"Ada"/);
    expect(JSON.stringify(body)).not.toMatch(/onBehalfOf|tokenId|everything/);
  });

  it.each(["limit=101", "server=SIPTS750"])("answers 400 to %s", async (query) => {
    expect(await createHarness().ask(list, { query })).toMatchObject(badParameters("limit"));
  });
});

describe("DELETE /v1/maintenance-windows/{id}", () => {
  it("removes the window and has the server's held losses checked", async () => {
    const other = buildWindow({ id: "w0", server: "SIPTS751", end: testNow + minute });
    const { ask, tables } = createHarness(other, buildWindow());
    expect(await ask(cancel, { path: { id: "w1" } })).toMatchObject({ status: 204, text: "" });
    expect([...tables.windows.keys()]).toEqual(["w0"]);
    expect(tables.requests).toEqual([
      { message: { kind: "release", server: "SIPTS750" }, delaySeconds: 0 },
    ]);
    expect(await ask(cancel, { path: { id: "w1" } })).toMatchObject({ status: 404 });
  });

  it("checks every server that has held losses when the window was for all", async () => {
    const { server: _, ...everywhere } = buildWindow();
    const { ask, put, tables } = createHarness({ ...everywhere, prefix: "7" });
    const heldBy = "window/w1";
    const losses = Array.from({ length: 501 }, (_, index) =>
      buildHeld(heldBy, { thisDN: String(index), server: "SIPTS751" }),
    );
    put.losses(...losses, buildHeld(heldBy));
    await ask(cancel, { path: { id: "w1" } });
    const servers = tables.requests.map(({ message }) => "server" in message && message.server);
    expect(servers.toSorted()).toEqual(["SIPTS750", "SIPTS751"]);
  });

  it("requests nothing where nothing is held, or the window has ended", async () => {
    const { server: _, ...everywhere } = buildWindow({ prefix: "7" });
    const ended = buildWindow({ id: "w2", end: testNow - 1 });
    const { ask, tables } = createHarness(everywhere, ended);
    expect((await ask(cancel, { path: { id: "w1" } })).status).toBe(204);
    expect((await ask(cancel, { path: { id: "w2" } })).status).toBe(204);
    expect((await ask(cancel)).status).toBe(404);
    expect(tables.requests).toEqual([]);
  });
});
