import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLocalClients } from "../../local/emulators/local-clients.ts";
import { rawRegistered, rawUnregistered } from "../support/build-event.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { postEvents } from "../support/post-events.ts";
import { type Subscriber, subscribe } from "../support/subscriber.ts";

let stack: LocalStack;
let alerts: Subscriber;

const post = (body: unknown) => postEvents(stack.url, body, { key: stack.description.bridge.key });
const ask = async (method: string, path: string, body?: object) => {
  const response = await fetch(stack.url + path, {
    method,
    headers: {
      authorization: `Bearer ${stack.description.readerToken}`,
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer: Record<string, unknown> = text === "" ? {} : JSON.parse(text);
  return { status: response.status, body: answer };
};
const remark = { author: "jane", note: "on it" };

beforeAll(async () => {
  stack = await startLocalStack({ args: ["--time-lapse", "60"] });
  const { endpoints, region, topics } = stack.description;
  alerts = await subscribe(createLocalClients(endpoints, region), topics.alerts);
});
afterAll(() => stack.stop());

describe("maintenance on the local stack", () => {
  it("runs the evaluator on its schedule: a bridge that falls silent is an alert", async () => {
    const registered = rawRegistered({ ThisDN: "7601", ServerName: "SIPTS760" });
    await post({ serverName: "SIPTS760", events: [registered] });
    await post({ serverName: "SIPTS760", events: [] });
    const opened = await alerts.until(({ type }) => type === "alert.opened");
    expect(opened.data).toMatchObject({ kind: "bridge", server: "SIPTS760", severity: "critical" });
    await post({ serverName: "SIPTS760", events: [], closing: true });
  });

  it("acknowledges an alert, and publishes that", async () => {
    await post(rawUnregistered({ ThisDN: "7600" }));
    const { data } = await alerts.until(({ subject }) => subject === "7600");
    const path = `/v1/alerts/${String(data["alertId"])}`;
    expect(await ask("POST", `${path}/acknowledgement`, remark)).toMatchObject({ status: 200 });
    await alerts.until(({ type, subject }) => type === "alert.acknowledged" && subject === "7600");
    const acknowledgement = { author: "local", onBehalfOf: "jane", note: "on it" };
    const one = await ask("GET", path);
    expect(one).toMatchObject({ status: 200, body: { data: { acknowledgement } } });
    const list = await ask("GET", "/v1/alerts?status=acknowledged");
    expect(list.body).toMatchObject({ data: [{ alertId: data["alertId"] }] });
    const withdrawn = await ask("DELETE", `${path}/acknowledgement`);
    expect(withdrawn).toMatchObject({ status: 200, body: { data: { status: "open" } } });
  });

  it("raises no alert within a maintenance window, and says why", async () => {
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    const window = { prefix: "77", start: at(-1), end: at(600), author: "jane", reason: "works" };
    const planned = await ask("POST", "/v1/maintenance-windows", window);
    expect(planned).toMatchObject({ status: 201 });
    await post([rawRegistered({ ThisDN: "7700" }), rawUnregistered({ ThisDN: "7700" })]);
    const decisions = () => ask("GET", "/v1/decisions?thisDN=7700");
    await expect.poll(decisions).toMatchObject({ body: { data: [{ state: "held" }] } });
    const { body } = await ask("GET", "/v1/maintenance-windows");
    expect(body).toMatchObject({ data: [{ prefix: "77" }] });
  });

  it("retires a registration: its alert is resolved", async () => {
    const retirement = { server: "SIPTS750", thisDN: "7600", ...remark };
    expect((await ask("POST", "/v1/retirements", retirement)).status).toBeLessThan(300);
    const resolved = await alerts.until(
      ({ type, subject }) => type === "alert.resolved" && subject === "7600",
    );
    expect(resolved.data).toMatchObject({ resolution: "retired" });
  });
});
