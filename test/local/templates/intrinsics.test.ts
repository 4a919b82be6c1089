import { describe, expect, it } from "vitest";
import { createResolver, noValue } from "../../../local/templates/intrinsics.ts";

const refs = new Map<string, unknown>([
  ["Table", "my-table"],
  ["AWS::Region", "us-east-1"],
  ["AWS::NoValue", noValue],
]);
const attributes = new Map([
  ["Table.Arn", "arn:table"],
  ["Nested.Outputs.Name", "deep"],
]);
const resolve = createResolver({
  ref: (name) => refs.get(name),
  attribute: (logicalId, name) => attributes.get(`${logicalId}.${name}`),
  importValue: (name) => (name === "data:Stream" ? "arn:stream" : undefined),
  stackOutput: (...path) => (path.join() === "data,Bucket" ? "my-bucket" : undefined),
  mapping: (...path) => (path.join() === "Map,us-east-1,key" ? "mapped" : undefined),
});

const placeholder = (name: string) => `$${"{"}${name}}`;

describe("intrinsic functions", () => {
  it.each([
    ["Ref", { Ref: "Table" }, "my-table"],
    ["GetAtt as list", { "Fn::GetAtt": ["Table", "Arn"] }, "arn:table"],
    ["GetAtt as text", { "Fn::GetAtt": "Nested.Outputs.Name" }, "deep"],
    ["Join", { "Fn::Join": ["/", ["a", { Ref: "Table" }, 3]] }, "a/my-table/3"],
    ["Join of a Split", { "Fn::Join": ["-", { "Fn::Split": [":", "x:y"] }] }, "x-y"],
    ["Select", { "Fn::Select": ["1", { "Fn::Split": [":", { Ref: "AWS::Region" }] }] }, undefined],
    ["Select of a list", { "Fn::Select": [1, ["a", { Ref: "Table" }]] }, "my-table"],
    ["ImportValue", { "Fn::ImportValue": { "Fn::Join": ["", ["data", ":Stream"]] } }, "arn:stream"],
    [
      "GetStackOutput",
      { "Fn::GetStackOutput": { StackName: "data", OutputName: "Bucket" } },
      "my-bucket",
    ],
    ["FindInMap", { "Fn::FindInMap": ["Map", { Ref: "AWS::Region" }, "key"] }, "mapped"],
  ])("resolves %s", (_name, value, expected) => {
    if (expected === undefined) expect(() => resolve(value)).toThrow(/Select 1/);
    else expect(resolve(value)).toBe(expected);
  });

  it("substitutes references, attributes, own variables and escapes in Sub", () => {
    const pattern = ["Table", "Table.Arn", "own", "!literal"].map(placeholder).join(" ");
    const value = { "Fn::Sub": [pattern, { own: { Ref: "AWS::Region" } }] };
    expect(resolve(value)).toBe(
      ["my-table", "arn:table", "us-east-1", placeholder("literal")].join(" "),
    );
  });

  it("removes what is NoValue and leaves the rest as it is", () => {
    const value = { a: { Ref: "AWS::NoValue" }, b: [1, { Ref: "AWS::NoValue" }], c: null, d: {} };
    expect(resolve(value)).toEqual({ b: [1], c: null, d: {} });
  });

  it.each([
    [{ Ref: "Nothing" }, /Ref Nothing has no value/],
    [{ "Fn::ImportValue": "data:Gone" }, /ImportValue data:Gone/],
    [{ "Fn::Cidr": ["10.0.0.0/16", 1] }, /Fn::Cidr, which the local stack does not support/],
    [{ "Fn::Join": ["", [{}]] }, /where text is expected/],
  ])("names what it cannot resolve in %j", (value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });
});
