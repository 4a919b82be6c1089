import { describe, expect, it } from "vitest";
import { readerOf, refuse } from "../../lambda/handlers/reader.ts";
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

  it("is named by the token", () => {
    const named = (authorizer: { tokenId?: string } | undefined) =>
      readerOf(getRequest("GET /v1/history", { authorizer }));
    expect([named({ tokenId: "token_1" }), named({}), named(undefined)]).toEqual([
      "token_1",
      "",
      "",
    ]);
  });
});
