import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { parseQueryString } from "../../lambda/handlers/query-string.ts";
import { readParameters } from "../../lambda/handlers/read-parameters.ts";

const schema = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(3, "name must be short")),
  limit: v.optional(v.pipe(v.string(), v.transform(Number)), "50"),
});
const read = (query: string) => readParameters(schema, parseQueryString(query) ?? new Map());

describe("readParameters", () => {
  it("returns the schema's output, defaults too", () => {
    expect(read("name=abc")).toEqual({ kind: "read", output: { name: "abc", limit: 50 } });
    expect(read("limit=7&name=")).toEqual({ kind: "read", output: { name: "", limit: 7 } });
  });

  it.each([
    ["", "name is missing"],
    ["name=SECRET", "name must be short"],
    ["name=a&name=SECRET", "name may be given only once"],
    ["name=a&SECRET=1", "unknown parameter; the known ones are name, limit"],
    ["name=a&SECRET=1&SECRET=2", "unknown parameter; the known ones are name, limit"],
    ["name=a&toString=1", "unknown parameter; the known ones are name, limit"],
    ["name=a&__proto__=1", "unknown parameter; the known ones are name, limit"],
  ])("says what is wrong with %j, and no value", (query, detail) => {
    expect(read(query)).toEqual({ kind: "bad", detail });
  });
});
