import { describe, expect, it } from "vitest";
import { toGatewayResponse } from "../../../local/api/gateway-response.ts";

const respond = (value: unknown) => toGatewayResponse(JSON.stringify(value));

describe("response of payload format 2.0", () => {
  it("takes status, headers, cookies and body", () => {
    const response = respond({
      statusCode: 201,
      headers: { "Content-Type": "application/json", "Retry-After": 5 },
      cookies: ["a=b", "c=d"],
      body: "{}",
    });
    expect(response).toEqual({
      status: 201,
      headers: {
        "content-type": "application/json",
        "retry-after": "5",
        "set-cookie": ["a=b", "c=d"],
      },
      body: "{}",
    });
  });

  it("decodes base64", () => {
    const response = respond({ statusCode: 200, body: "/wA=", isBase64Encoded: true });
    expect(response.body).toEqual(Buffer.from([0xff, 0x00]));
  });

  it.each([
    [{ hello: "world" }, '{"hello":"world"}'],
    ["hello", "hello"],
    [[1], "[1]"],
    [null, "null"],
  ])("makes a 200 of %j", (value, body) => {
    const headers = { "content-type": "application/json" };
    expect(respond(value)).toEqual({ status: 200, headers, body });
  });

  it.each([
    { statusCode: "200" },
    { statusCode: 99 },
    { statusCode: 200, body: {} },
    { statusCode: 200, headers: { a: ["b"] } },
  ])("makes a 500 of the malformed %j", (value) => {
    expect(respond(value)).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });
});
