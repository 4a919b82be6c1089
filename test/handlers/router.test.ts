import { describe, expect, it } from "vitest";
import { createRouter, health } from "../../lambda/handlers/router.ts";
import { getRequest } from "../support/api-event.ts";
import { createQueryHarness } from "../support/query-harness.ts";

describe("the reading routes", () => {
  it("report their health without a token", async () => {
    const answer = await createQueryHarness().ask("GET /v1/health", { authorizer: undefined });
    expect(answer).toMatchObject({ status: 200, body: { status: "ok" } });
  });

  it.each(["GET /v1/registrations", "GET /v1/registrations/{thisDN}", "GET /v1/history"])(
    "%s answers 401 to an unknown token and 403 to one without the scope",
    async (route) => {
      const { ask } = createQueryHarness();
      const unknown = await ask(route, { authorizer: { tokenId: "", scopes: "" } });
      expect(unknown).toMatchObject({
        status: 401,
        headers: { "content-type": "application/problem+json", "www-authenticate": "Bearer" },
        body: { type: "urn:dn-registration-adapter:problem:token", status: 401 },
      });
      const other = { tokenId: "token_1", scopes: "alerts:read registrations:write" };
      expect(await ask(route, { authorizer: other })).toMatchObject({
        status: 403,
        headers: { "content-type": "application/problem+json" },
        body: { type: "urn:dn-registration-adapter:problem:scope", status: 403 },
      });
    },
  );

  it("find the scope among several", async () => {
    const authorizer = { tokenId: "token_1", scopes: "alerts:read registrations:read" };
    const answer = await createQueryHarness().ask("GET /v1/registrations", { authorizer });
    expect(answer.status).toBe(200);
  });

  it("answer 401 when the authorizer passed nothing", async () => {
    const { ask } = createQueryHarness();
    expect(await ask("GET /v1/history", { authorizer: undefined })).toMatchObject({ status: 401 });
    expect(await ask("GET /v1/history", { authorizer: {} })).toMatchObject({ status: 401 });
  });

  it("answer 404 where there is no such route", async () => {
    expect(await createQueryHarness().ask("GET /v1/secrets")).toMatchObject({
      status: 404,
      headers: { "content-type": "application/problem+json" },
      body: {
        type: "urn:dn-registration-adapter:problem:route",
        instance: "urn:request:request-1",
      },
    });
  });

  it("answer 503 with Retry-After and say nothing more when the store fails", async () => {
    const error = new Error("table SECRET is gone");
    const { ask, failures } = createQueryHarness({ readList: () => Promise.reject(error) });
    const answer = await ask("GET /v1/registrations");
    expect(answer).toMatchObject({
      status: 503,
      headers: { "content-type": "application/problem+json", "retry-after": "2" },
    });
    expect(answer.text).not.toContain("SECRET");
    expect(failures).toEqual([{ error, requestId: "request-1" }]);
  });
});

describe("createRouter", () => {
  const routes = { "GET /v1/health": { openBecause: "it says only that it is there" } } as const;
  const report = (): void => undefined;

  it("requires an answer for each route and no other: the compiler refuses the rest", async () => {
    const handle = createRouter(routes, { "GET /v1/health": health }, report);
    const request = getRequest("GET /v1/health", { authorizer: undefined });
    expect(await handle(request)).toMatchObject({ statusCode: 200 });
    // @ts-expect-error: the test is that the compiler refuses a route without an answer.
    createRouter(routes, {}, report);
    // @ts-expect-error: the test is that the compiler refuses an answer without a route.
    createRouter(routes, { "GET /v1/health": health, "GET /v1/secrets": health }, report);
  });
});
