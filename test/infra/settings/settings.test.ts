import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { readSettings, SettingsError } from "../../../infra/settings/read-settings.ts";
import { AlertRulesSchema } from "../../../lambda/domain/rules.ts";

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
      serversPerKey: 100,
      logRetentionDays: 30,
      throttling: { rate: 500, burst: 1000, readRate: 100, readBurst: 200 },
      alerts: v.parse(AlertRulesSchema, {}),
      removalPolicy: "retain",
      deletionProtection: "on",
      streamParallelism: 1,
      encryption: "aws-managed",
      reservedConcurrency: {},
      subscriberAccounts: [],
      timeZone: "UTC",
    });
  });

  it("take text, as the command line gives it", () => {
    const given = {
      stage: "prod-2",
      historyRetentionDays: "30",
      logRetentionDays: "7",
      throttling: '{"rate":20}',
      alerts: '{"holdDownSeconds":60,"holdDowns":[{"prefix":"8","seconds":0}]}',
      reservedConcurrency: '{"ingest":5}',
      subscriberAccounts: "111122223333,444455556666",
    };
    expect(readSettings(given)).toMatchObject({
      stage: "prod-2",
      historyRetentionDays: 30,
      logRetentionDays: 7,
      throttling: { rate: 20, burst: 1000, readRate: 100 },
      alerts: {
        holdDownSeconds: 60,
        holdDowns: [{ prefix: "8", seconds: 0 }],
        incidentLosses: 5,
      },
      reservedConcurrency: { ingest: 5 },
      subscriberAccounts: ["111122223333", "444455556666"],
    });
  });

  it("take JSON, as cdk.json gives it", () => {
    const given = {
      historyRetentionDays: 30,
      throttling: { rate: 20, burst: 40, readRate: 5, readBurst: 10 },
      subscriberAccounts: ["111122223333"],
    };
    expect(readSettings(given)).toMatchObject(given);
  });

  it("skip the CDK's own context", () => {
    expect(readSettings({ "aws:cdk:enable-path-metadata": true, "@aws-cdk/core:x": 1 })).toEqual(
      readSettings({}),
    );
  });

  it.each([
    ["stage", "Prod", "must be a lowercase letter"],
    ["stage", "-x", "must be a lowercase letter"],
    ["stage", "a".repeat(21), "must be a lowercase letter"],
    ["stage", "x-data", "not end in a dash or in -data"],
    ["historyRetentionDays", "0", "a whole number from 1 to 3650"],
    ["historyRetentionDays", "soon", "a whole number from 1 to 3650"],
    ["logRetentionDays", 31, "one of 1, 3, 5"],
    ["serversPerKey", "0", "a whole number from 1 to 1000"],
    ["serversPerKey", "1001", "a whole number from 1 to 1000"],
    ["alarmEmail", "operations", "an e-mail address"],
    ["throttling", "fast", "an object, for example"],
    ["removalPolicy", "keep", "retain or destroy"],
    ["encryption", "none", "aws-managed or customer-managed"],
    ["subscriberAccounts", "12", "12 digits"],
    ["organizationId", "org", "an organization id, for example"],
    ["runbookUrl", "wiki", "a URL, for example"],
    ["timeZone", "Mars/Olympus", "the IANA name of a time zone, for example Europe/Berlin"],
    ["timeZone", "+01:00", "the IANA name of a time zone, for example Europe/Berlin"],
    ["timeZone", 1, "the IANA name of a time zone, for example Europe/Berlin"],
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

  it.each([
    ["alerts", "soon", "an object, for example"],
    ["alerts.holdDownSeconds", { holdDownSeconds: 901 }, "must be at most 900"],
    ["alerts.holdDownSeconds", { holdDownSeconds: -1 }, "must be at least 0"],
    ["alerts.incidentSeconds", { incidentSeconds: "60" }, "must be a number"],
    ["alerts.incidentLosses", { incidentLosses: 1.5 }, "must be a whole number"],
    ["alerts.holdDowns", { holdDowns: 30 }, "must be a list"],
    ["alerts.holdDowns.0", { holdDowns: ["SIPTS750"] }, "must be an object"],
    ["alerts.holdDowns.0.prefix", { holdDowns: [{ prefix: 7, seconds: 1 }] }, "must be text"],
  ])("refuse the rule %s of %j", (path, alerts, rule) => {
    for (const given of [alerts, JSON.stringify(alerts)]) {
      expect(messageFor({ alerts: given })).toContain(`The setting "${path}" is`);
      expect(messageFor({ alerts: given })).toContain(rule);
    }
  });

  it("refuse an unknown alert rule, and list the known ones", () => {
    const message = messageFor({ alerts: { holdDown: 30 } });
    expect(message).toContain('"alerts.holdDown" is not an alert rule');
    expect(message).toContain("holdDownSeconds");
  });

  it("refuse an unknown setting, and list the known ones", () => {
    const message = messageFor({ alarmemail: "operations@example.org" });
    expect(message).toContain('"alarmemail" is not a setting');
    expect(message).toContain("alarmEmail");
  });
});
