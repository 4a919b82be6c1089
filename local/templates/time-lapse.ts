import * as v from "valibot";
import { AlertRulesSchema } from "../../lambda/domain/alerting/rules.ts";

/** The settings of a run in time lapse: every time of the rules of alerts divided. None without a time lapse. */
export function lapsedSettings(timeLapse: number): Readonly<Record<string, unknown>> {
  if (timeLapse === 1) return {};
  const rules = Object.entries(v.parse(AlertRulesSchema, {}));
  const lapsed = rules.map(([name, value]) =>
    name.endsWith("Seconds") ? [name, Number(value) / timeLapse] : [name, value],
  );
  return { alerts: Object.fromEntries(lapsed) };
}
