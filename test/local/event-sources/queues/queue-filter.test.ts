import { describe, expect, it } from "vitest";
import { compileQueueFilter } from "../../../../local/event-sources/queues/queue-filter.ts";
import { queueRecord } from "../../../support/queue-records.ts";

const passes = (pattern: unknown, body: unknown) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return compileQueueFilter([JSON.stringify(pattern)])(queueRecord(text));
};

describe("filter criteria of a queue", () => {
  it.each([
    ["a field of a JSON body", { body: { kind: ["a"] } }, { kind: "a" }],
    ["a nested field", { body: { of: { size: [{ numeric: [">", 1] }] } } }, { of: { size: 2 } }],
    ["a field that is missing", { body: { kind: [{ exists: false }] } }, {}],
    ["plain text", { body: ["hello"] }, "hello"],
    ["plain text that looks like a number", { body: ["17"] }, "17"],
    ["what is around the body", { eventSourceARN: ["arn:queue"] }, "any"],
  ])("lets %s pass", (_name, pattern, body) => {
    expect(passes(pattern, body)).toBe(true);
  });

  it.each([
    ["another value", { body: { kind: ["a"] } }, { kind: "b" }],
    ["plain text where JSON is asked for", { body: { kind: ["a"] } }, "a"],
    ["plain text, whatever may be missing in it", { body: { kind: [{ exists: false }] } }, "a"],
    ["JSON where plain text is asked for", { body: ["hello"] }, { hello: true }],
  ])("stops %s", (_name, pattern, body) => {
    expect(passes(pattern, body)).toBe(false);
  });

  it("passes when one of several filters matches, and everything without filters", () => {
    const either = compileQueueFilter(['{"body":["a"]}', '{"body":{"kind":["b"]}}']);
    expect(["a", '{"kind":"b"}', "c"].map((body) => either(queueRecord(body)))).toEqual([
      true,
      true,
      false,
    ]);
    expect(compileQueueFilter([])(queueRecord("anything"))).toBe(true);
  });
});
