import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { AlertRulesSchema } from "../../../lambda/domain/rules.ts";
import { synthesize } from "../support/synthesize.ts";

const names = ["ingest", "fanout", "evaluate", "query", "operate", "authorize"];
const stage = synthesize();
const EnvironmentSchema = v.object({ Variables: v.record(v.string(), v.string()) });
const lambda = (name: string, { one } = stage) =>
  one("AWS::Lambda::Function", `dn-registration-dev-${name}`);

describe("functions", () => {
  it.each(names)("run %s on Node 24 and arm64, traced, with JSON logs that expire", (name) => {
    expect(lambda(name).properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      TracingConfig: { Mode: "Active" },
      LoggingConfig: { LogFormat: "JSON", LogGroup: `/aws/lambda/dn-registration-dev-${name}` },
    });
    const logs = stage.one("AWS::Logs::LogGroup", `/aws/lambda/dn-registration-dev-${name}`);
    expect(logs.properties).toMatchObject({ RetentionInDays: 30 });
  });

  it.each(names)("count %s under the stage's name", (name) => {
    expect(lambda(name).properties).toMatchObject({
      Environment: {
        Variables: {
          SERVICE_NAME: "dn-registration-dev",
          METRICS_NAMESPACE: "DnRegistration",
        },
      },
    });
  });

  it.each(names)("take no concurrency of the account away for %s", (name) => {
    expect(lambda(name).properties).not.toHaveProperty("ReservedConcurrentExecutions");
  });

  it.each(names.filter((name) => name !== "evaluate"))(
    "let Lambda stop %s when it invokes itself through messages without end",
    (name) => expect(lambda(name).properties).not.toHaveProperty("RecursiveLoop"),
  );

  it("let evaluate go on: it looks at an open alert as long as that is open", () => {
    expect(lambda("evaluate").properties).toMatchObject({ RecursiveLoop: "Allow" });
  });

  it("answer within the 30 seconds that API Gateway waits", () => {
    const timeouts = ["ingest", "query", "operate", "authorize"].map((name) =>
      Number(lambda(name).properties["Timeout"]),
    );
    expect(Math.max(...timeouts)).toBeLessThan(30);
  });
});

describe("functions by settings", () => {
  const set = synthesize({
    logRetentionDays: "7",
    historyRetentionDays: "30",
    reservedConcurrency: '{"ingest":5}',
    alerts: '{"holdDownSeconds":45}',
    runbookUrl: "https://wiki.example.org/dn",
    timeZone: "Europe/Berlin",
  });

  it("reserve concurrency only where it is set", () => {
    expect(lambda("ingest", set).properties).toMatchObject({ ReservedConcurrentExecutions: 5 });
    expect(lambda("fanout", set).properties).not.toHaveProperty("ReservedConcurrentExecutions");
  });

  it("keep logs and history as long as the settings say", () => {
    const retention = set
      .all("AWS::Logs::LogGroup")
      .map((fact) => fact.properties["RetentionInDays"]);
    expect(new Set(retention)).toEqual(new Set([7]));
    for (const name of ["ingest", "evaluate", "query", "operate"]) {
      expect(lambda(name, set).properties).toMatchObject({
        Environment: { Variables: { HISTORY_RETENTION_DAYS: "30" } },
      });
    }
  });

  it.each(["ingest", "fanout", "evaluate", "operate"])("hand the rules of alerts to %s", (name) => {
    const { properties } = lambda(name, set);
    const { Variables } = v.parse(EnvironmentSchema, properties["Environment"]);
    expect(v.parse(AlertRulesSchema, JSON.parse(Variables["ALERT_RULES"] ?? ""))).toEqual(
      v.parse(AlertRulesSchema, { holdDownSeconds: 45 }),
    );
  });

  it("put the runbook's address, the stage and its time zone into alerts", () => {
    expect(lambda("fanout", set).properties).toMatchObject({
      Environment: {
        Variables: {
          RUNBOOK_URL: "https://wiki.example.org/dn",
          TIME_ZONE: "Europe/Berlin",
          STAGE: "dev",
          ALERT_TEXTS_TOPIC_ARN: "dn-registration-dev-alert-texts",
        },
      },
    });
    expect(lambda("operate", set).properties).toMatchObject({
      Environment: { Variables: { TIME_ZONE: "Europe/Berlin" } },
    });
  });

  it("names no stage to people on the local stack, whose commands take none", () => {
    const local = synthesize({ stage: "local" });
    const { properties } = local.one("AWS::Lambda::Function", "dn-registration-local-fanout");
    expect(JSON.stringify(properties["Environment"])).not.toContain("STAGE");
  });
});
