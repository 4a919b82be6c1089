import { describe, expect, it } from "vitest";
import { readRequestPath } from "../../../local/api/request-path.ts";

describe("path of a request", () => {
  it.each([
    ["/v1/things?a=%2F", "/v1/things", "a=%2F"],
    ["/v1/things/a%20b", "/v1/things/a b", ""],
    ["/v1/things/a%2Fb", "/v1/things/a/b", ""],
    ["/v1/things/a%252Fb", "/v1/things/a%2Fb", ""],
    ["/v1/things/a%3Fb?c=d", "/v1/things/a", "c=d"],
    ["/v1/things/%2B49%3A7001", "/v1/things/+49:7001", ""],
    ["/v1/things/+49", "/v1/things/+49", ""],
  ])("is read from %s", (target, path, query) => {
    expect(readRequestPath(target)).toEqual({ kind: "path", path, query });
  });

  it.each(["/v1/%zz", "/v1/a%25zz", "/v1/a%25", "/v1/%ff"])("cannot be read from %s", (target) => {
    expect(readRequestPath(target)).toEqual({ kind: "unreadable" });
  });
});
