import { describe, expect, it } from "vitest";
import { type RouteAccess, routes } from "../../../lambda/routes.ts";
import { synthesize } from "../support/synthesize.ts";

const stage = synthesize({ throttling: { rate: 20, burst: 40, readRate: 5, readBurst: 10 } });
const route = (key: string) => stage.one("AWS::ApiGatewayV2::Route", key).properties;
const answeredBy = (key: string) => {
  const integration = String(route(key)["Target"]).replace("integrations/", "");
  return stage.one("AWS::ApiGatewayV2::Integration", integration).properties;
};

describe("HTTP API", () => {
  it("has the routes of lambda/routes.ts and no other, open where they ask for no scope", () => {
    const listed = Object.values(routes).flatMap((some) => Object.entries<RouteAccess>(some));
    const expected = listed.map(([key, { scope }]) => [
      key,
      scope === undefined ? "NONE" : "CUSTOM",
    ]);
    const types = stage
      .all("AWS::ApiGatewayV2::Route")
      .map(({ name, properties }) => [name, properties["AuthorizationType"]]);
    expect(Object.fromEntries(types)).toEqual(Object.fromEntries(expected));
  });

  it.each([
    ["POST /v1/events", "ingest"],
    ["GET /v1/health", "query"],
  ])("leaves %s open: %s decides", (key, name) => {
    expect(route(key)).toMatchObject({ AuthorizationType: "NONE" });
    expect(answeredBy(key)).toMatchObject({
      IntegrationUri: `dn-registration-dev-${name}`,
      PayloadFormatVersion: "2.0",
    });
  });

  it.each([
    ["GET /v1/registrations", "query"],
    ["GET /v1/registrations/{thisDN}", "query"],
    ["GET /v1/history", "query"],
    ["GET /v1/alerts", "operate"],
    ["GET /v1/alerts/{alertId}", "operate"],
    ["POST /v1/alerts/{alertId}/acknowledgement", "operate"],
    ["DELETE /v1/alerts/{alertId}/acknowledgement", "operate"],
    ["GET /v1/maintenance-windows", "operate"],
    ["POST /v1/maintenance-windows", "operate"],
    ["DELETE /v1/maintenance-windows/{id}", "operate"],
    ["POST /v1/retirements", "operate"],
    ["GET /v1/decisions", "operate"],
  ])("asks for a reader's token at %s, then %s answers", (key, name) => {
    expect(route(key)).toMatchObject({
      AuthorizationType: "CUSTOM",
      AuthorizerId: stage.one("AWS::ApiGatewayV2::Authorizer").name,
    });
    expect(answeredBy(key)).toMatchObject({ IntegrationUri: `dn-registration-dev-${name}` });
  });

  it("keeps what authorize says of a token for 30 seconds", () => {
    expect(stage.one("AWS::ApiGatewayV2::Authorizer").properties).toMatchObject({
      AuthorizerType: "REQUEST",
      AuthorizerPayloadFormatVersion: "2.0",
      EnableSimpleResponses: true,
      IdentitySource: ["$request.header.Authorization"],
      AuthorizerResultTtlInSeconds: 30,
      AuthorizerUri: expect.stringContaining("/functions/dn-registration-dev-authorize/"),
    });
  });

  it("throttles each route by itself, so that readers cannot use up what bridges need", () => {
    const readers = { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 };
    const { RouteSettings, ...properties } = stage.one("AWS::ApiGatewayV2::Stage").properties;
    expect(properties).toMatchObject({ StageName: "$default", DefaultRouteSettings: readers });
    const keys = stage.all("AWS::ApiGatewayV2::Route").map(({ name }) => name);
    expect(RouteSettings).toEqual({
      ...Object.fromEntries(keys.map((key) => [key, readers])),
      "POST /v1/events": { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
    });
  });

  it("logs the route's key of a request, and nothing that holds a DN", () => {
    const settings = stage.one("AWS::ApiGatewayV2::Stage").properties["AccessLogSettings"];
    expect(settings).toMatchObject({ DestinationArn: "/aws/vendedlogs/dn-registration-dev-api" });
    const format = JSON.stringify(settings);
    expect(format).toContain("$context.routeKey");
    expect(format).not.toMatch(/\$context\.(path|requestOverride|customDomain)|querystring/);
  });
});
