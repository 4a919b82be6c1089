import { existsSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { type Alert, AlertEventTypeSchema } from "../../lambda/domain/alerting/alert.ts";
import { toAlertView } from "../../lambda/domain/alerting/alert-view.ts";
import type { Loss, LossIn } from "../../lambda/domain/alerting/loss.ts";
import { toAlertMessage } from "../../lambda/domain/message/alert-message.ts";
import { AlertRulesSchema } from "../../lambda/domain/rules.ts";
import { compareText } from "../../lambda/domain/text.ts";
import { AcknowledgementSchema, windowSchema } from "../../lambda/handlers/operate-bodies.ts";
import { toDecisionView } from "../../lambda/use-cases/operate/decision-view.ts";
import { buildAlert, buildIncident, buildResolvedAlert } from "../support/build-alert.ts";
import { baseTime } from "../support/build-event.ts";
import {
  buildFormerMember,
  buildHeld,
  buildHeldToTheEnd,
  buildLoss,
  buildMissing,
  buildWaiting,
} from "../support/build-loss.ts";
import { decideTwoLosses } from "./decided-losses.ts";
import { blockOf, quotedIn, tableOf } from "./markdown.ts";

const page = readFileSync("docs/alerting.md", "utf8");
const runbook = "https://runbooks.example/dn";

const acknowledged = buildAlert({
  revision: 2,
  notice: "alert.acknowledged",
  status: "acknowledged",
  acknowledgedAt: baseTime + 90_000_000,
  acknowledgement: { author: "ann", note: "on it" },
});
const asRead = (value: object): unknown => JSON.parse(JSON.stringify(value));
const messageOf = (alert: Parameters<typeof toAlertMessage>[0]) =>
  asRead(toAlertMessage(alert, runbook).event);
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

describe("the page's table of rules", () => {
  it("has every rule with its default", () => {
    const rows = tableOf(page, "rule").map(([rule, byDefault = ""]) => {
      const value: unknown = JSON.parse(byDefault);
      return [quotedIn(rule)[0] ?? "", value] as const;
    });
    const defaults = v.parse(AlertRulesSchema, {});
    expect(Object.fromEntries(rows)).toEqual(defaults);
    expect(rows).toHaveLength(Object.keys(AlertRulesSchema.entries).length);
  });
});

describe("the page's example of a message", () => {
  it("is one as it is published", () => {
    expect(jsonBlock("json alert")).toEqual(messageOf(buildAlert()));
  });
});

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
      title: "x".repeat(2000),
      notice: "alert.updated",
    });
    expect(toPagerDuty(asRead(toAlertMessage(bridge, undefined).event), key)).toMatchObject({
      event_action: "trigger",
      payload: { component: "bridge-a", class: "bridge", summary: "x".repeat(1024) },
      links: [],
    });
  });
});

describe("the page's messages", () => {
  it.each(["published as", "message"])("are all that there are, in the table by %s", (heading) => {
    const rows = tableOf(page, heading).map(([message]) => quotedIn(message)[0]);
    expect(rows).toEqual(AlertEventTypeSchema.options);
  });
});

describe("the page's way to Alertmanager", () => {
  const now = new Date("2026-11-20T02:59:00.000Z");
  const make = async (alert: Alert) => {
    const toAlertmanager = await loadFromPage("ts alertmanager", "toAlertmanager");
    return asRead(Object(toAlertmanager(asRead(toAlertView(alert)), now)));
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

describe("the page's bodies for curl", () => {
  const bodies = [...page.matchAll(/-d '(\{.*\})'/g)].map(([, text = ""]): unknown =>
    JSON.parse(text),
  );

  it("are taken: an acknowledgement and a maintenance window", () => {
    expect(bodies).toHaveLength(2);
    expect(v.is(AcknowledgementSchema, bodies[0])).toBe(true);
    expect(v.is(windowSchema(baseTime), bodies[1])).toBe(true);
  });
});

describe("the page's table of decisions", () => {
  it("has every state that a loss may be in", () => {
    const states = tableOf(page, "state").map(([state]) => quotedIn(state)[0] ?? "");
    const lasting: Record<Exclude<Loss["state"], "over">, Loss> = {
      waiting: buildWaiting(),
      held: buildHeld("server"),
      claimed: buildMissing("alert-1"),
      alerted: { ...buildMissing("alert-1"), state: "alerted" },
    };
    const over: Record<LossIn<"over">["as"], Loss> = {
      brief: buildLoss(),
      held: buildHeldToTheEnd("server"),
      member: buildFormerMember("alert-1"),
    };
    const losses = [...Object.values(lasting), ...Object.values(over)];
    const expected = new Set(losses.map((loss) => toDecisionView(loss).state));
    expect(states.toSorted(compareText)).toEqual([...expected].toSorted(compareText));
  });
});

describe("the page's example of decisions", () => {
  it("is what the evaluator writes down", async () => {
    expect(asRead(await decideTwoLosses())).toEqual(jsonBlock("json decisions"));
  });
});

describe("the page's links", () => {
  it("lead to files that are there, and to headings of the page", () => {
    const targets = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
    const files = targets.filter((target) => !/^(?:https:|#)/.test(target));
    expect(files.filter((file) => !existsSync(`docs/${file.replace(/#.*/, "")}`))).toEqual([]);
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(
      ([, text = ""]) =>
        `#${text
          .toLowerCase()
          .replace(/[^\w\- ]/g, "")
          .replaceAll(" ", "-")}`,
    );
    const anchors = targets.filter((target) => target.startsWith("#"));
    expect(anchors.length).toBeGreaterThan(0);
    expect(anchors.filter((anchor) => !headings.includes(anchor))).toEqual([]);
  });
});
