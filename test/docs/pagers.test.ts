import { stripTypeScriptTypes } from "node:module";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import { toAlertView } from "../../lambda/domain/alerting/alert-view.ts";
import { toAlertMessage } from "../../lambda/domain/message/alert-message.ts";
import { messageSettings, reading, withoutRunbook } from "../support/alert-texts.ts";
import { buildAlert, buildIncident, buildResolvedAlert } from "../support/build-alert.ts";
import { baseTime } from "../support/build-event.ts";
import { blockOf } from "./markdown.ts";
import { readPage } from "./pages.ts";

const page = readPage("docs/alerting.md");

const acknowledged = buildAlert({
  revision: 2,
  notice: "alert.acknowledged",
  status: "acknowledged",
  acknowledgedAt: baseTime + 90_000_000,
  acknowledgement: { author: "ann", note: "on it" },
});
const asRead = (value: object): unknown => JSON.parse(JSON.stringify(value));
const messageOf = (alert: Parameters<typeof toAlertMessage>[0]) =>
  asRead(toAlertMessage(alert, messageSettings).event);
const jsonBlock = (info: string): unknown => JSON.parse(blockOf(page, info));

/** The function of this name in a block of the page, as it stands there. */
const loadFromPage = async (
  info: string,
  name: string,
): Promise<(...args: unknown[]) => unknown> => {
  const code = stripTypeScriptTypes(blockOf(page, info));
  const module: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const functions = v.parse(v.record(v.string(), v.function()), { ...Object(module) });
  return functions[name] ?? expect.unreachable(`no ${name}`);
};

describe("the page's way to PagerDuty", () => {
  const key = "integration-key-of-32-characters";

  it.each([
    ["trigger", buildAlert()],
    ["acknowledge", acknowledged],
    ["resolve", buildResolvedAlert()],
  ])("makes of a message what stands there: %s", async (action, alert) => {
    const toPagerDuty = await loadFromPage("ts pagerduty", "toPagerDuty");
    const body = asRead(Object(toPagerDuty(messageOf(alert), key)));
    expect(body).toEqual(jsonBlock(`json pagerduty ${action}`));
    expect(body).toMatchObject({ event_action: action, dedup_key: buildAlert().alertId });
  });

  it("says of a bridge which one it is, and keeps to PagerDuty's lengths", async () => {
    const toPagerDuty = await loadFromPage("ts pagerduty", "toPagerDuty");
    const bridge = buildIncident([], {
      kind: "bridge",
      application: "bridge-a",
      text: { headline: [{ why: "x".repeat(2000) }] },
      notice: "alert.updated",
    });
    expect(toPagerDuty(asRead(toAlertMessage(bridge, withoutRunbook).event), key)).toMatchObject({
      event_action: "trigger",
      payload: {
        component: "bridge-a",
        class: "bridge",
        summary: expect.stringMatching(/^UPDATE SIPTS750: : x+\.\.\.$/),
      },
      links: [],
    });
  });
});

describe("the page's way to Alertmanager", () => {
  const now = new Date("2026-11-20T02:59:00.000Z");
  const make = async (alert: Alert) => {
    const toAlertmanager = await loadFromPage("ts alertmanager", "toAlertmanager");
    return asRead(Object(toAlertmanager(asRead(toAlertView(alert, reading)), now)));
  };

  it.each([
    ["open", buildAlert()],
    ["resolved", buildResolvedAlert()],
  ])("makes of an alert what stands there: %s", async (status, alert) => {
    expect(await make(alert)).toEqual(jsonBlock(`json alertmanager ${status}`));
  });

  it("keeps the labels, which identify an alert, through its life", async () => {
    const labels = expect.objectContaining({ labels: Object(await make(buildAlert())).labels });
    expect(await make(acknowledged)).toEqual(labels);
    expect(await make(buildResolvedAlert())).toEqual(labels);
  });
});
