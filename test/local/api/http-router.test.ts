import { describe, expect, it } from "vitest";
import { createHttpRouter } from "../../../local/api/http-router.ts";

const keys = [
  "GET /v1/things/{id}",
  "ANY /v1/things/{id}",
  "GET /v1/things/special",
  "ANY /files/{path+}",
  "GET /v1/things",
];
const find = createHttpRouter(keys.map((key) => ({ key, target: key })));

describe("routes", () => {
  it.each([
    ["GET", "/v1/things", "GET /v1/things", undefined],
    ["GET", "/v1/things/7001", "GET /v1/things/{id}", { id: "7001" }],
    ["POST", "/v1/things/7001", "ANY /v1/things/{id}", { id: "7001" }],
    ["HEAD", "/v1/things/7001", "ANY /v1/things/{id}", { id: "7001" }],
    ["GET", "/v1/things/special", "GET /v1/things/special", undefined],
    ["POST", "/v1/things/special", "ANY /v1/things/{id}", { id: "special" }],
    ["GET", "/v1/things/a%2Fb", "GET /v1/things/{id}", { id: "a/b" }],
    ["GET", "/files/a/b", "ANY /files/{path+}", { path: "a/b" }],
  ])("match %s %s", (method, path, key, parameters) => {
    const match = find(method, path);
    expect(match?.route.key).toBe(key);
    expect(match?.parameters).toEqual(parameters);
  });

  it.each([
    ["POST", "/v1/things"],
    // An HTTP API answers HEAD only where a route says so.
    ["HEAD", "/v1/things"],
    ["OPTIONS", "/v1/things"],
    ["GET", "/v1"],
    ["GET", "/v1/things/"],
    ["GET", "/v1/things/a/b"],
    ["GET", "/v1/things/7001/"],
  ])("do not match %s %s", (method, path) => {
    expect(find(method, path)).toBeUndefined();
  });

  it("fall back to $default", () => {
    const withDefault = createHttpRouter([{ key: "$default", target: 1 }]);
    expect(withDefault("PUT", "/any")?.route.key).toBe("$default");
  });
});
