import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { parseArguments } from "../../bridge/terminal/parse-arguments.ts";
import { readAlertsArguments } from "../../commands/alerts/alerts-arguments.ts";
import { readPlan } from "../../commands/windows/read-plan.ts";
import { windowsOptions } from "../../commands/windows.ts";
import { SettingsSchema } from "../../infra/settings/settings.ts";
import { AlertEventTypeSchema } from "../../lambda/domain/alerting/alert.ts";
import type { Loss, LossIn } from "../../lambda/domain/alerting/loss.ts";
import { AlertRulesSchema } from "../../lambda/domain/rules.ts";
import { compareText } from "../../lambda/domain/text.ts";
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

describe("the page's commands", () => {
  const callsOf = (script: string): string[][] =>
    [...page.matchAll(new RegExp(`^npm run ${script} -- (.+)$`, "gm"))].map(([, call = ""]) =>
      [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = ""]) => quoted ?? word),
    );

  it("for alerts are taken", () => {
    const actions = callsOf("alerts").map((args) => readAlertsArguments(args).action);
    expect(actions).toEqual(["--open", "why", "ack", "unack"]);
  });

  it("for maintenance windows plan what can be planned", () => {
    const calls = callsOf("windows");
    expect(calls.map(([action]) => action)).toEqual(["add", "add", "list", "end"]);
    for (const args of calls.slice(0, 2)) {
      const { values } = parseArguments(args, windowsOptions);
      expect(readPlan(values, baseTime / 1000).body).toMatchObject({ reason: values.reason });
    }
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
