import { describe, expect, it } from "vitest";
import { createOperateHarness } from "../support/operate-harness.ts";

const all = ["registrations:read", "registrations:write", "alerts:read", "alerts:write"];

describe("the routes of alerts and of maintenance", () => {
  it.each([
    ["GET /v1/alerts", "alerts:read"],
    ["GET /v1/alerts/{alertId}", "alerts:read"],
    ["POST /v1/alerts/{alertId}/acknowledgement", "alerts:write"],
    ["DELETE /v1/alerts/{alertId}/acknowledgement", "alerts:write"],
    ["GET /v1/maintenance-windows", "alerts:read"],
    ["POST /v1/maintenance-windows", "alerts:write"],
    ["DELETE /v1/maintenance-windows/{id}", "alerts:write"],
    ["POST /v1/retirements", "registrations:write"],
    ["GET /v1/decisions", "alerts:read"],
  ])("%s asks for the scope %s and no other", async (route, scope) => {
    const { ask } = createOperateHarness();
    const others = all.filter((one) => one !== scope).join(" ");
    const as = (tokenId: string, scopes: string) => ask(route, { authorizer: { tokenId, scopes } });
    expect(await as("", "")).toMatchObject({ status: 401 });
    expect(await as("token_1", others)).toMatchObject({ status: 403 });
    expect([400, 404, 415, 200]).toContain((await as("token_1", scope)).status);
  });

  it.each(["PUT /v1/alerts", "GET /v1/registrations", "$default"])(
    "are the only ones: %s is not one",
    async (route) => {
      expect(await createOperateHarness().ask(route)).toMatchObject({
        status: 404,
        body: { type: "urn:dn-registration-adapter:problem:route" },
      });
    },
  );
});
