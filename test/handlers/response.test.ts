import { describe, expect, it } from "vitest";
import { json, problem, unavailable } from "../../lambda/handlers/response.ts";

describe("answers", () => {
  it("are JSON that must not be cached", () => {
    expect(json(200, { data: ["é"] })).toEqual({
      statusCode: 200,
      headers: { "content-type": "application/json", "cache-control": "no-store" },
      body: '{"data":["é"]}',
    });
  });

  it("are problems as RFC 9457 says, with the caller's additions", () => {
    const content = { code: "c", title: "t", detail: "d", requestId: "r" };
    const headers = { "content-type": "application/problem+json", "cache-control": "no-store" };
    const body = {
      type: "urn:dn-registration-adapter:problem:c",
      title: "t",
      status: 400,
      detail: "d",
      instance: "urn:request:r",
    };
    expect(problem(400, content)).toEqual({ statusCode: 400, headers, body: JSON.stringify(body) });
    const results = [{ index: 0 }];
    expect(problem(400, { ...content, results, headers: { "x-more": "1" } })).toEqual({
      statusCode: 400,
      headers: { ...headers, "x-more": "1" },
      body: JSON.stringify({ ...body, results }),
    });
  });

  it("say when to retry when we cannot serve", () => {
    expect(unavailable("r")).toMatchObject({ statusCode: 503, headers: { "retry-after": "2" } });
  });
});
