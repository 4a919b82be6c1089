import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { SettingsSchema } from "../../infra/settings/settings.ts";
import { tableOf } from "./markdown.ts";
import { readPage } from "./pages.ts";

describe("the settings of docs/deploying.md", () => {
  it("are those of the stacks, with their defaults", () => {
    const {
      alarmEmail,
      alarmTopicArn,
      organizationId,
      runbookUrl,
      subscriberAccounts,
      ...defaults
    } = v.getDefaults(SettingsSchema);
    const without = [alarmEmail, alarmTopicArn, organizationId, runbookUrl, ...subscriberAccounts];
    expect(without.filter((value) => value !== undefined)).toEqual([]);
    const texts = Object.entries({
      ...defaults,
      throttling: v.parse(SettingsSchema, {}).throttling,
    })
      .map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : value])
      .map(([name, value]) => `${name}: ${value}`);
    const none = [
      "alarmEmail",
      "alarmTopicArn",
      "organizationId",
      "runbookUrl",
      "subscriberAccounts",
    ];
    const rows = tableOf(readPage("docs/deploying.md"), "setting").map(([name, value]) =>
      `${name}: ${value}`.replaceAll("`", ""),
    );
    const expected = [...texts, ...none.map((name) => `${name}: none`)];
    expect(new Set(rows)).toEqual(new Set(expected));
    expect(rows).toHaveLength(expected.length);
  });
});
