import { describe, expect, it } from "vitest";
import type { ReaderContext } from "../../lambda/handlers/authorize-handler.ts";
import { actorOf, refuse } from "../../lambda/handlers/reader.ts";
import { getRequest } from "../support/api-event.ts";

const statusFor = (authorizer: { tokenId?: string; scopes?: string } | undefined) =>
  refuse(getRequest("GET /v1/history", { authorizer }), "registrations:read")?.statusCode;

describe("a reader", () => {
  it("is let through with the scope, wherever it is among others", () => {
    expect(statusFor({ tokenId: "t", scopes: "registrations:read" })).toBeUndefined();
    expect(statusFor({ tokenId: "t", scopes: "alerts:read registrations:read" })).toBeUndefined();
  });

  it.each([
    "",
    "registrations:write",
    "registrations:read2",
    "xregistrations:read",
    "registrations",
  ])("is refused with 403 with the scopes %j", (scopes) => {
    expect(statusFor({ tokenId: "t", scopes })).toBe(403);
  });

  it.each([undefined, {}, { scopes: "registrations:read" }, { tokenId: "" }])(
    "is refused with 401 when the token is unknown: %j",
    (authorizer) => {
      expect(statusFor(authorizer)).toBe(401);
    },
  );

  const act = (authorizer: Partial<ReaderContext> | undefined, given?: string) =>
    actorOf(getRequest("POST /v1/retirements", { authorizer }), given);

  it("acts under the token's name, whatever name is given: that one stands beside it", () => {
    const token = { tokenId: "token_1", tokenName: "crm" };
    expect(act(token, "ceo")).toEqual({ author: "crm", onBehalfOf: "ceo", tokenId: "token_1" });
    const alone = { author: "crm", tokenId: "token_1" };
    expect([act(token), act(token, "crm")]).toStrictEqual([alone, alone]);
  });

  it("acts under the token's id where an older authorizer's answer has no name", () => {
    expect(act({ tokenId: "token_1" }, "ceo")).toEqual({
      author: "token_1",
      onBehalfOf: "ceo",
      tokenId: "token_1",
    });
    expect(act({ tokenId: "token_1", tokenName: "" }).author).toBe("token_1");
    expect([act({}), act(undefined)]).toEqual([
      { author: "", tokenId: "" },
      { author: "", tokenId: "" },
    ]);
  });
});
