import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toAlertMessage } from "../../lambda/domain/message/alert-message.ts";
import { isCleanText } from "../../lambda/domain/text.ts";
import { withoutRunbook } from "../support/alert-texts.ts";
import { testNow } from "../support/api-event.ts";
import { buildAlert } from "../support/build-alert.ts";
import { buildConnection } from "../support/build-connection.ts";
import { registered } from "../support/build-event.ts";
import { connectionMapKey } from "../support/in-memory-alerting.ts";
import { createOperateHarness } from "../support/operate-harness.ts";

const acknowledge = "POST /v1/alerts/{alertId}/acknowledgement";
const one = "GET /v1/alerts/{alertId}";
const plan = "POST /v1/maintenance-windows";
const retire = "POST /v1/retirements";
const { alertId } = buildAlert();
const path = { alertId };
const time = { start: "2026-11-20T03:00:00Z", end: "2026-11-20T04:00:00Z" };

/** Everything that the caller may sign, done with this in the body; what is shown and kept of it then. */
const actAs = async (given: { author?: string }) => {
  const { post, ask, put, tables, storedAlert } = createOperateHarness();
  put.alerts(buildAlert());
  put.connections(buildConnection());
  await put.events(registered());
  await post(acknowledge, { ...given, note: "on it" }, path);
  const acknowledged = await ask(one, { path });
  const message = toAlertMessage(
    { ...(storedAlert(buildAlert()) ?? expect.unreachable()), notice: "alert.acknowledged" },
    withoutRunbook,
  );
  const window = await post(plan, { ...given, ...time, server: "SIPTS750", reason: "work" });
  await post(retire, { ...given, server: "SIPTS750", thisDN: "7001", note: "gone" });
  await post(retire, { ...given, server: "SIPTS750", note: "gone" });
  const [sweep] = tables.connections.get(connectionMapKey(buildConnection()))?.sweeps ?? [];
  return {
    view: acknowledged.body,
    message: JSON.parse(JSON.stringify(message.event)),
    window: window.body,
    history: [...tables.history.values()].filter(({ event }) => event === "Retired"),
    purpose: sweep?.purpose,
    timeline: storedAlert(buildAlert())?.timeline,
  };
};

const expectSigned = (
  { view, message, window, history, purpose, timeline }: Awaited<ReturnType<typeof actAs>>,
  onBehalfOf: string | undefined,
) => {
  const by = { author: "crm", ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
  const signed = { ...by, tokenId: "token_1" };
  const acknowledgement = { ...by, note: "on it" };
  const entry = { what: "acknowledged", ...acknowledgement, tokenId: "token_1" };
  expect(view).toHaveProperty("data.acknowledgement", acknowledgement);
  expect(view).toHaveProperty("data.timeline.1", { at: "2026-11-20T03:00:00.123000Z", ...entry });
  expect(message).toHaveProperty("data.acknowledgement", acknowledgement);
  expect(window).toHaveProperty("data", {
    id: expect.any(String),
    server: "SIPTS750",
    start: "2026-11-20T03:00:00.000000Z",
    end: "2026-11-20T04:00:00.000000Z",
    reason: "work",
    ...signed,
    createdAt: "2026-11-20T03:00:00.123000Z",
  });
  expect(history).toMatchObject([{ keyId: "token_1" }]);
  expect(history[0]?.other).toEqual({ ...by, note: "gone" });
  expect(purpose).toEqual({ kind: "retire", at: testNow, ...signed, note: "gone" });
  expect(timeline?.at(-1)).toEqual({
    at: testNow,
    what: "retired bridge-a",
    ...signed,
    note: "gone",
  });
};

describe("the author of an act", () => {
  it("is the token's name, and one that the caller makes up stands beside it, everywhere", async () => {
    expectSigned(await actAs({ author: "ceo" }), "ceo");
  });

  it("is the token's name alone where none is given, or the same", async () => {
    expectSigned(await actAs({}), undefined);
    expectSigned(await actAs({ author: "crm" }), undefined);
  });

  it("is the token's name, whatever text is given", async () => {
    const texts = fc
      .string({ unit: "binary", minLength: 1, maxLength: 64 })
      .filter((text) => isCleanText(text) && text !== "crm");
    await fc.assert(
      fc.asyncProperty(texts, async (author) => expectSigned(await actAs({ author }), author)),
      { numRuns: 25 },
    );
  });

  it.each(["a".repeat(129), "a\nb", 7])("may not be given as %j", async (author) => {
    const { post, tables } = createOperateHarness();
    const bodies: [string, object][] = [
      [acknowledge, { note: "on it" }],
      [plan, { ...time, server: "SIPTS750", reason: "work" }],
      [retire, { server: "SIPTS750", note: "gone" }],
    ];
    for (const [route, body] of bodies) {
      expect(await post(route, { ...body, author }, path)).toMatchObject({
        status: 400,
        body: { problems: [{ pointer: "/author", detail: expect.stringContaining("1 to 128") }] },
      });
    }
    expect(tables.windows.size).toBe(0);
  });

  it.each(["", null])("is absent where it is %j", async (author) => {
    const { post, put, tables } = createOperateHarness();
    put.alerts(buildAlert());
    put.connections(buildConnection());
    const window = { ...time, server: "SIPTS750", reason: "work" };
    expect(await post(acknowledge, { author }, path)).toMatchObject({ status: 200 });
    expect(await post(plan, { ...window, author })).toMatchObject({ status: 201 });
    const retirement = { server: "SIPTS750", note: "gone", author };
    expect(await post(retire, retirement)).toMatchObject({ status: 202 });
    for (const kept of tables.windows.values()) expect(kept).toMatchObject({ author: "crm" });
  });

  it("leaves the note of a retirement mandatory", async () => {
    const { post } = createOperateHarness();
    expect(await post(retire, { server: "SIPTS750" })).toMatchObject({
      status: 400,
      body: { problems: [{ pointer: "/note", detail: "is mandatory" }] },
    });
  });
});
