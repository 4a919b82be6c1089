import { describe, expect, it } from "vitest";
import { parseQueryString } from "../../lambda/handlers/query-string.ts";

describe("parseQueryString", () => {
  it.each<[string, [string, string[]][]]>([
    ["", []],
    ["&&", []],
    [
      "a=1&b=2&a=3",
      [
        ["a", ["1", "3"]],
        ["b", ["2"]],
      ],
    ],
    ["a=1,2", [["a", ["1,2"]]]],
    [
      "a=+1&b=%2B1&c=a%20b",
      [
        ["a", ["+1"]],
        ["b", ["+1"]],
        ["c", ["a b"]],
      ],
    ],
    ["a=b=c", [["a", ["b=c"]]]],
    [
      "a&b=",
      [
        ["a", [""]],
        ["b", [""]],
      ],
    ],
    ["=x", [["", ["x"]]]],
    ["__proto__=x", [["__proto__", ["x"]]]],
    ["%74hisDN=7001&thisDN=7002", [["thisDN", ["7001", "7002"]]]],
  ])("reads %j", (raw, expected) => {
    expect([...(parseQueryString(raw) ?? [])]).toEqual(expected);
  });

  it.each(["a=%zz", "%zz=b", "a=%C3%A9&a=%FF", "%"])("cannot read %j", (raw) => {
    expect(parseQueryString(raw)).toBeUndefined();
  });
});
