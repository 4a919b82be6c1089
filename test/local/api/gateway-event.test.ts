import { describe, expect, it } from "vitest";
import { integrationEvent } from "../../../local/api/gateway-event.ts";
import { apiRequest, routeContext } from "../../support/gateway-requests.ts";

const bodyOf = (contentType: string | undefined, body: Buffer) => {
  const request = apiRequest({ headers: { "content-type": contentType } });
  return integrationEvent(request, body, routeContext);
};

describe("event of payload format 2.0", () => {
  it("has what a function reads of a request", () => {
    const request = apiRequest({
      rawQueryString: "thisDN=1&thisDN=%2B2&flag",
      cookies: ["a=b"],
      headers: { host: "127.0.0.1:3000", "user-agent": "curl" },
    });
    const event = integrationEvent(request, undefined, {
      ...routeContext,
      pathParameters: { id: "7001" },
      authorizerContext: { tokenId: "t" },
    });
    expect(JSON.parse(JSON.stringify(event))).toEqual({
      version: "2.0",
      routeKey: "GET /v1/things",
      rawPath: "/v1/things",
      rawQueryString: "thisDN=1&thisDN=%2B2&flag",
      cookies: ["a=b"],
      headers: { host: "127.0.0.1:3000", "user-agent": "curl" },
      queryStringParameters: { thisDN: "1,+2", flag: "" },
      requestContext: {
        accountId: "000000000000",
        apiId: "api",
        authorizer: { lambda: { tokenId: "t" } },
        domainName: "127.0.0.1:3000",
        domainPrefix: "127",
        http: {
          method: "GET",
          path: "/v1/things",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "curl",
        },
        requestId: "request-1",
        routeKey: "GET /v1/things",
        stage: "$default",
        time: "05/Mar/2026:04:03:02 +0000",
        timeEpoch: 1772683382000,
      },
      pathParameters: { id: "7001" },
      isBase64Encoded: false,
    });
  });

  it.each(["application/json", "Application/JSON; charset=utf-8", "text/plain", "application/xml"])(
    "passes %s as text",
    (type) => {
      const event = bodyOf(type, Buffer.from('{"name":"Müller"}'));
      expect(event).toMatchObject({ body: '{"name":"Müller"}', isBase64Encoded: false });
    },
  );

  it.each(["application/x-ndjson", "application/cloudevents+json", "image/png", undefined])(
    "passes %s in base64",
    (type) => {
      const event = bodyOf(type, Buffer.from([0xff, 0x00]));
      expect(event).toMatchObject({ body: "/wA=", isBase64Encoded: true });
    },
  );
});
