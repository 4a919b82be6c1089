import { describe, expect, it } from "vitest";
import { readSettings, SettingsError } from "../../infra/settings.ts";

const messageFor = (context: Record<string, unknown>): string => {
  try {
    return JSON.stringify(readSettings(context));
  } catch (error) {
    return error instanceof SettingsError ? error.message : String(error);
  }
};

describe("settings", () => {
  it("need nothing to be given", () => {
    expect(readSettings({})).toEqual({
      stage: "dev",
      historyRetentionDays: 400,
      logRetentionDays: 30,
      throttling: { rate: 500, burst: 1000 },
      removalPolicy: "retain",
      encryption: "aws-managed",
      reservedConcurrency: {},
      subscriberAccounts: [],
    });
  });

  it("take text, as the command line gives it", () => {
    const given = {
      stage: "prod-2",
      historyRetentionDays: "30",
      logRetentionDays: "7",
      throttling: '{"rate":20}',
      reservedConcurrency: '{"ingest":5}',
      subscriberAccounts: "111122223333,444455556666",
    };
    expect(readSettings(given)).toMatchObject({
      stage: "prod-2",
      historyRetentionDays: 30,
      logRetentionDays: 7,
      throttling: { rate: 20, burst: 1000 },
      reservedConcurrency: { ingest: 5 },
      subscriberAccounts: ["111122223333", "444455556666"],
    });
  });

  it("take JSON, as cdk.json gives it", () => {
    const given = {
      historyRetentionDays: 30,
      throttling: { rate: 20, burst: 40 },
      subscriberAccounts: ["111122223333"],
    };
    expect(readSettings(given)).toMatchObject(given);
  });

  it("pass over the CDK's own context", () => {
    expect(readSettings({ "aws:cdk:enable-path-metadata": true, "@aws-cdk/core:x": 1 })).toEqual(
      readSettings({}),
    );
  });

  it.each([
    ["stage", "Prod", "must be a letter"],
    ["stage", "-x", "must be a letter"],
    ["stage", "a".repeat(21), "must be a letter"],
    ["stage", "x-data", "not end in -data"],
    ["historyRetentionDays", "0", "a whole number from 1 to 3650"],
    ["historyRetentionDays", "soon", "a whole number from 1 to 3650"],
    ["logRetentionDays", 31, "one of 1, 3, 5"],
    ["alarmEmail", "operations", "an e-mail address"],
    ["throttling", "fast", "an object, for example"],
    ["removalPolicy", "keep", "retain or destroy"],
    ["encryption", "none", "aws-managed or customer-managed"],
    ["subscriberAccounts", "12", "12 digits"],
    ["organizationId", "org", "an organization id, for example"],
    ["runbookUrl", "wiki", "a URL, for example"],
  ])("refuse %s %j and say what it must be, and where to give it", (name, value, rule) => {
    const message = messageFor({ [name]: value });
    expect(message).toContain(`The setting "${name}`);
    expect(message).toContain(rule);
    expect(message).toContain('"-c NAME=VALUE"');
  });

  it.each([
    ["throttling.rate", { throttling: { rate: 0 } }],
    ["reservedConcurrency.ingest", { reservedConcurrency: '{"ingest":"all"}' }],
  ])("point into a setting of several parts: %s", (path, context) => {
    expect(messageFor(context)).toContain(`The setting "${path}"`);
  });

  it("refuse a name that is no setting, and list those that are", () => {
    const message = messageFor({ alarmemail: "operations@example.org" });
    expect(message).toContain('"alarmemail" is not a setting');
    expect(message).toContain("alarmEmail");
  });
});
