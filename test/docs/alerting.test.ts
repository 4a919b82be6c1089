import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { SettingsSchema } from "../../infra/settings/settings.ts";
import { AlertEventTypeSchema } from "../../lambda/domain/alerting/alert.ts";
import type { Loss, LossIn } from "../../lambda/domain/alerting/loss.ts";
import { AlertRulesSchema } from "../../lambda/domain/rules.ts";
import { compareText } from "../../lambda/domain/text.ts";
import { AcknowledgementSchema, windowSchema } from "../../lambda/handlers/operate-bodies.ts";
import { toDecisionView } from "../../lambda/use-cases/operate/decision-view.ts";
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
import { readPage } from "./pages.ts";

const page = readPage("docs/alerting.md");

const asRead = (value: object): unknown => JSON.parse(JSON.stringify(value));
const jsonBlock = (info: string): unknown => JSON.parse(blockOf(page, info));

describe("the page's table of rules", () => {
  it("has every rule with its default", () => {
    const rows = tableOf(page, "rule").map(([rule, byDefault = ""]) => {
      const value: unknown = JSON.parse(byDefault.replaceAll("`", ""));
      return [quotedIn(rule)[0] ?? "", value] as const;
    });
    expect(Object.fromEntries(rows)).toEqual(v.parse(AlertRulesSchema, {}));
    expect(rows).toHaveLength(Object.keys(AlertRulesSchema.entries).length);
  });

  it("has what the setting of a stage takes", () => {
    const rows = tableOf(page, "rule").map(([name, value]) =>
      `${name}: ${value}`.replaceAll("`", ""),
    );
    const rules = Object.entries(v.parse(SettingsSchema, {}).alerts);
    const expected = rules.map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    expect(new Set(rows)).toEqual(new Set(expected));
    expect(rows).toHaveLength(expected.length);
  });
});

describe("the page's messages", () => {
  it.each(["published as", "message"])("are all that there are, in the table by %s", (heading) => {
    const rows = tableOf(page, heading).map(([message]) => quotedIn(message)[0]);
    expect(rows).toEqual(AlertEventTypeSchema.options);
  });
});

describe("the page's bodies for curl", () => {
  const bodies = [...page.matchAll(/-d '(\{.*?\})'/gs)].map(([, text = ""]): unknown =>
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
