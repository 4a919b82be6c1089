import { createHash } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import type { ReaderToken } from "../../lambda/domain/access/reader-token.ts";
import { createAuthorizeHandler } from "../../lambda/handlers/authorize-handler.ts";
import { authorizerRequest } from "../support/api-event.ts";

const hashToken = (text: string) => createHash("sha256").update(text).digest("hex");
const text = `dnr_${"a_-".repeat(14)}Z`;
const token = (id: string, secret: string, scopes: ReaderToken["scopes"]): ReaderToken => ({
  id,
  name: "crm",
  hash: hashToken(secret),
  scopes,
  createdAt: "2026-11-20T00:00:00Z",
});
const tokens = [
  token("token_1", "dnr_other", ["alerts:read"]),
  token("token_2", text, ["registrations:read", "alerts:read"]),
  token("token_3", "dnr_none", []),
];

const createHarness = () => {
  const readTokens = vi.fn(async () => tokens);
  return { authorize: createAuthorizeHandler({ readTokens, hashToken }), readTokens };
};
const stranger = { isAuthorized: true, context: { tokenId: "", tokenName: "", scopes: "" } };

describe("the authorizer", () => {
  it.each([`Bearer ${text}`, `bearer ${text}`, `BEARER   ${text}`])(
    "says whose token it is and its scopes: %s",
    async (header) => {
      const { authorize } = createHarness();
      expect(await authorize(authorizerRequest(header))).toEqual({
        isAuthorized: true,
        context: {
          tokenId: "token_2",
          tokenName: "crm",
          scopes: "registrations:read alerts:read",
        },
      });
    },
  );

  it("knows a token without scopes", async () => {
    expect(await createHarness().authorize(authorizerRequest("Bearer dnr_none"))).toEqual({
      isAuthorized: true,
      context: { tokenId: "token_3", tokenName: "crm", scopes: "" },
    });
  });

  it.each(["Bearer dnr_unknown", `Bearer ${hashToken(text)}`, `Bearer ${text.toUpperCase()}`])(
    "lets a stranger through without a name, for the handlers to refuse: %s",
    async (header) => {
      expect(await createHarness().authorize(authorizerRequest(header))).toEqual(stranger);
    },
  );

  it.each(["", text, "Bearer", "Bearer ", `Basic ${text}`, `Bearer ${text} x`, `Bearer ${text}\n`])(
    "does not even read the tokens for text that is not a bearer token: %j",
    async (header) => {
      const { authorize, readTokens } = createHarness();
      expect(await authorize(authorizerRequest(header))).toEqual(stranger);
      expect(readTokens).not.toHaveBeenCalled();
    },
  );

  it("treats a request without an identity source as a stranger's", async () => {
    expect(await createHarness().authorize(authorizerRequest())).toEqual(stranger);
  });

  it("throws when the tokens cannot be read: then no reader is known to be a stranger", async () => {
    const readTokens = () => Promise.reject(new Error("down"));
    const authorize = createAuthorizeHandler({ readTokens, hashToken });
    await expect(authorize(authorizerRequest(`Bearer ${text}`))).rejects.toThrow("down");
  });
});
