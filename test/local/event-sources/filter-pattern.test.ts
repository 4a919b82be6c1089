import { describe, expect, it } from "vitest";
import { compileFilters } from "../../../local/event-sources/filter-pattern.ts";

const record = {
  eventName: "MODIFY",
  dynamodb: {
    Keys: { ThisDN: { S: "7001" } },
    NewImage: { changed: { BOOL: true }, count: { N: "17" }, tags: { SS: ["a", "b"] } },
  },
};
const passes = (pattern: unknown) => compileFilters([JSON.stringify(pattern)])(record);
const image = (pattern: unknown) => ({ dynamodb: { NewImage: pattern } });

describe("filter criteria of an event source", () => {
  it.each([
    ["a boolean", image({ changed: { BOOL: [true] } })],
    ["one of several names", { eventName: ["INSERT", "MODIFY"] }],
    ["a prefix", { dynamodb: { Keys: { ThisDN: { S: [{ prefix: "70" }] } } } }],
    ["a suffix", { dynamodb: { Keys: { ThisDN: { S: [{ suffix: "01" }] } } } }],
    ["another case", { eventName: [{ "equals-ignore-case": "modify" }] }],
    ["a key that is there", image({ changed: { BOOL: [{ exists: true }] } })],
    [
      "a key that is missing",
      { dynamodb: { OldImage: { changed: { BOOL: [{ exists: false }] } } } },
    ],
    ["anything but", { eventName: [{ "anything-but": ["REMOVE", "INSERT"] }] }],
    ["anything but a prefix", { eventName: [{ "anything-but": { prefix: "REM" } }] }],
    ["a number between", image({ count: { N: [{ numeric: [">", 0, "<=", 17] }] } })],
    ["a member of a list", image({ tags: { SS: ["b"] } })],
    ["one of two branches", { $or: [{ eventName: ["INSERT"] }, { eventName: ["MODIFY"] }] }],
    ["nothing at all", {}],
  ])("lets %s pass", (_name, pattern) => {
    expect(passes(pattern)).toBe(true);
  });

  it.each([
    ["another boolean", image({ changed: { BOOL: [false] } })],
    ["a key that is missing", image({ gone: { S: ["x"] } })],
    ["one key of two", { eventName: ["MODIFY"], dynamodb: { Keys: { ThisDN: { S: ["7002"] } } } }],
    ["a key that should be missing", { eventName: [{ exists: false }] }],
    ["an excluded value", { eventName: [{ "anything-but": "MODIFY" }] }],
    ["anything but, of a missing key", image({ gone: { S: [{ "anything-but": "x" }] } })],
    ["a number outside", image({ count: { N: [{ numeric: ["<", 17] }] } })],
    ["a number that is none", { eventName: [{ numeric: [">", 0] }] }],
  ])("stops %s", (_name, pattern) => {
    expect(passes(pattern)).toBe(false);
  });

  it("passes when one of several filters matches, and everything without filters", () => {
    const filters = ['{"eventName":["REMOVE"]}', '{"eventName":["MODIFY"]}'];
    expect(compileFilters(filters)(record)).toBe(true);
    expect(compileFilters([])(record)).toBe(true);
  });

  it.each([
    [{ eventName: "MODIFY" }, /where a list is expected/],
    [{ eventName: [{ wildcard: "*" }] }, /does not support the filter \{"wildcard":"\*"\}/],
    [{ eventName: [{ numeric: ["~", 1] }] }, /numeric filter ~/],
  ])("names what it does not support in %j", (pattern, message) => {
    expect(() => passes(pattern)).toThrow(message);
  });
});
