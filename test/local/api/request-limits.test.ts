import { describe, expect, it } from "vitest";
import { hasTooLargeHeaders } from "../../../local/api/request-limits.ts";

const requestLine = "GET /v1/things?a=b HTTP/1.1".length;

/** A request whose request line and header values have as many bytes. */
const request = (bytes: number) => ({
  method: "GET",
  url: "/v1/things?a=b",
  httpVersion: "1.1",
  rawHeaders: ["host", "x", "a-name-that-does-not-count", "y".repeat(bytes - requestLine - 1)],
});

describe("the request line and the header values", () => {
  it("may have 10,240 bytes together", () => {
    expect(hasTooLargeHeaders(request(10_240))).toBe(false);
    expect(hasTooLargeHeaders(request(10_241))).toBe(true);
  });
});
