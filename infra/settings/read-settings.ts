import * as v from "valibot";
import { AlertRulesSchema } from "../../lambda/domain/rules.ts";
import { type Settings, SettingsSchema } from "./settings.ts";

/** A setting is wrong. The message says which one, why, and where to give it. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

const explainUnknown = (path: string): string =>
  path.startsWith("alerts.")
    ? `"${path}" is not an alert rule. The alert rules are: ${Object.keys(AlertRulesSchema.entries).join(", ")}.`
    : `"${path}" is not a setting. The settings are: ${Object.keys(SettingsSchema.entries).join(", ")}.`;

const explain = (issue: v.BaseIssue<unknown>): string => {
  const path = v.getDotPath(issue) ?? "";
  const unknown = issue.type === "strict_object" && issue.expected === "never";
  return unknown
    ? explainUnknown(path)
    : `The setting "${path}" is ${JSON.stringify(issue.input)}: it ${issue.message}.`;
};

/** Reads the settings from CDK context and skips the CDK's own keys, which have a colon. Throws SettingsError. */
export const readSettings = (context: Readonly<Record<string, unknown>>): Settings => {
  const given = Object.entries(context).filter(([key]) => !key.includes(":"));
  const parsed = v.safeParse(SettingsSchema, Object.fromEntries(given));
  if (parsed.success) return parsed.output;
  throw new SettingsError(
    [
      ...parsed.issues.map(explain),
      'Give settings as "-c NAME=VALUE" on the command line, or under "context" in cdk.json.',
    ].join("\n"),
  );
};
