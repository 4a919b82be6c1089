import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import { describe, expect, it, vi } from "vitest";
import { createTelemetry } from "../../lambda/adapters/telemetry.ts";
import { BridgeKeysSchema } from "../../lambda/domain/access/bridge-key.ts";
import { awsError, startAwsServer } from "../support/aws-server.ts";

/** What `work` writes to standard output and error, line by line. */
const outputOf = (work: () => void): string[] => {
  const written: string[] = [];
  const take = (chunk: string | Uint8Array): boolean => {
    written.push(String(chunk));
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation(take),
  );
  work();
  for (const spy of spies) spy.mockRestore();
  return written.flatMap((text) => text.split("\n")).filter((line) => line !== "");
};
const documentsOf = (work: () => void): unknown[] =>
  outputOf(work).map((line): unknown => JSON.parse(line));

const document = (unit: string, dimensions: string[], names: string[]) => ({
  Timestamp: now,
  CloudWatchMetrics: [
    {
      Namespace: "DnRegistration",
      Dimensions: [dimensions],
      Metrics: names.map((Name) => ({ Name, Unit: unit })),
    },
  ],
});

const now = 1_794_990_000_123;
const { log, emitMetrics } = createTelemetry(
  { SERVICE_NAME: "dn-registration-test", METRICS_NAMESPACE: "DnRegistration" },
  () => now,
);

describe("metrics", () => {
  it("are one document on standard output, with the service as dimension", () => {
    const documents = documentsOf(() =>
      emitMetrics([
        { name: "EventsApplied", value: 3, unit: "Count" },
        { name: "EventsRejected", value: 1, unit: "Count" },
      ]),
    );
    expect(documents).toEqual([
      {
        _aws: document("Count", ["service"], ["EventsApplied", "EventsRejected"]),
        service: "dn-registration-test",
        EventsApplied: 3,
        EventsRejected: 1,
      },
    ]);
  });

  it("of a server are documents of their own, each with that dimension", () => {
    const lag = (server: string, value: number) =>
      ({ name: "ArrivalLagSeconds", value, unit: "Seconds", server }) as const;
    const documents = documentsOf(() => emitMetrics([lag("SIPTS750", 1.5), lag("SIPTS751", 0)]));
    const expected = (server: string, value: number) => ({
      _aws: document("Seconds", ["service", "server"], ["ArrivalLagSeconds"]),
      service: "dn-registration-test",
      server,
      ArrivalLagSeconds: value,
    });
    expect(documents).toEqual([expected("SIPTS750", 1.5), expected("SIPTS751", 0)]);
  });

  it("are not repeated with those of the next request", () => {
    const emit = (name: string) => () =>
      emitMetrics([
        { name, value: 1, unit: "Count" },
        { name: "ArrivalLagSeconds", value: 1, unit: "Seconds", server: "SIPTS750" },
      ]);
    documentsOf(emit("First"));
    const second = JSON.stringify(documentsOf(emit("Second")));
    expect(second).toContain("Second");
    expect(second).not.toContain("First");
  });

  it("write nothing when there are none", () => {
    expect(outputOf(() => emitMetrics([]))).toEqual([]);
  });
});

describe("log lines", () => {
  it.each(["info", "warn", "error"] as const)("of level %s are JSON with their fields", (level) => {
    const documents = documentsOf(() => log(level, "events taken", { requestId: "request-1" }));
    expect(documents).toMatchObject([
      {
        level: level.toUpperCase(),
        message: "events taken",
        timestamp: "2026-11-18T08:20:00.123Z",
        service: "dn-registration-test",
        requestId: "request-1",
      },
    ]);
  });

  it("describe an error by its name, message, place and cause", () => {
    const cause = new TypeError("socket closed");
    const error = new Error("SNS does not answer", { cause });
    expect(documentsOf(() => log("error", "request failed", { error }))).toMatchObject([
      {
        error: {
          name: "Error",
          message: "SNS does not answer",
          stack: expect.stringContaining("telemetry.test.ts"),
          cause: { name: "TypeError", message: "socket closed" },
        },
      },
    ]);
  });

  it.each([
    [
      "a malformed key",
      '{"keys":[{"id":"key_1","name":"bridge-a","key":"whsec_SECRET","createdAt":""}]}',
    ],
    [
      "a malformed name",
      '{"keys":[{"id":"key_1","name":"SECRET !","key":"whsec_SECRET","createdAt":""}]}',
    ],
    ["broken JSON", '{"keys":[{"id":"key_1","key":whsec_SECRET'],
  ])("contain nothing of a secret with %s, only where it is at fault", (_, text) => {
    const { issues } = v.safeParse(BridgeKeysSchema, text);
    if (issues === undefined) throw new Error("the secret is good");
    const error = new v.ValiError(issues);
    const [line = ""] = outputOf(() => log("error", "request failed", { error }));
    expect(line).not.toContain("SECRET");
    expect(JSON.parse(line)).toMatchObject({ error: { name: "ValiError" } });
  });

  it("say where an item that is not a status is at fault", () => {
    const schema = v.object({ applications: v.record(v.string(), v.object({ time: v.number() })) });
    const { issues } = v.safeParse(schema, { applications: { "bridge-a": { time: "SECRET" } } });
    const error = issues && new v.ValiError(issues);
    const documents = documentsOf(() => log("error", "request failed", { error }));
    const path = ["applications", "bridge-a", "time"];
    expect(documents).toMatchObject([{ error: { name: "ValiError", expected: "number", path } }]);
    expect(JSON.stringify(documents)).not.toContain("SECRET");
  });

  it("describe AWS's errors, not what was sent", async () => {
    const { config } = await startAwsServer(() => awsError("AccessDeniedException"));
    const command = new GetItemCommand({ TableName: "status", Key: { ThisDN: { S: "SECRET" } } });
    const error: unknown = await new DynamoDBClient(config)
      .send(command)
      .catch((thrown: unknown) => thrown);
    const [line = ""] = outputOf(() => log("error", "request failed", { error }));
    expect(JSON.parse(line)).toMatchObject({
      error: { name: "AccessDeniedException", $metadata: { httpStatusCode: 400 } },
    });
    expect(line).not.toContain("SECRET");
    expect(line).not.toMatch(/authorization/i);
  });
});
