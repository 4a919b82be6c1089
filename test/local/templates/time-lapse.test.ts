import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../../infra/settings.ts";
import { AlertRulesSchema } from "../../../lambda/domain/alerting/rules.ts";
import { lapsedSettings } from "../../../local/templates/synthesis.ts";

describe("the settings of a run in time lapse", () => {
  const rules = v.parse(AlertRulesSchema, {});

  it("are the stage's own without a time lapse", () => {
    expect(lapsedSettings(1)).toEqual({});
  });

  it("divide every time of the rules of alerts, and nothing else", () => {
    const { alerts } = readSettings({ stage: "local", ...lapsedSettings(60) });
    expect(alerts).toEqual({
      ...rules,
      holdDownSeconds: 0.5,
      incidentSeconds: 1,
      updateQuietSeconds: 0.5,
      updateLatestSeconds: 5,
      holdOpenSeconds: 5,
      undecidedSeconds: 1,
      lookAgainSeconds: 5,
      renewSeconds: 5,
      silenceSeconds: 3,
      mismatchSeconds: 5,
    });
  });
});
