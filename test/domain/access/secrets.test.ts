import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { BridgeKeysSchema } from "../../../lambda/domain/access/bridge-key.ts";
import { ReaderTokensSchema } from "../../../lambda/domain/access/reader-token.ts";
import { bridgeKey } from "../../support/build-event.ts";

const isKeys = (value: unknown) => v.safeParse(BridgeKeysSchema, JSON.stringify(value)).success;
const isTokens = (value: unknown) => v.safeParse(ReaderTokensSchema, JSON.stringify(value)).success;

describe("the secret of bridge keys", () => {
  it.each([
    ["no key", { keys: [] }],
    ["several of one bridge", { keys: [bridgeKey(), bridgeKey({ id: "key_2", serverName: "S" })] }],
    ["32 keys", { keys: Array.from({ length: 32 }, () => bridgeKey()) }],
  ])("may hold %s", (_, value) => {
    expect(isKeys(value)).toBe(true);
  });

  it.each([
    ["33 keys", { keys: Array.from({ length: 33 }, () => bridgeKey()) }],
    ["a key without whsec_", { keys: [bridgeKey({ key: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" })] }],
    ["a short key", { keys: [bridgeKey({ key: "whsec_AAAA" })] }],
    ["a name that cannot be the key of an item", { keys: [bridgeKey({ name: "__proto__" })] }],
    ["a name of JavaScript's own", { keys: [bridgeKey({ name: "constructor" })] }],
    ["another name of JavaScript's own", { keys: [bridgeKey({ name: "prototype" })] }],
    ["something else", []],
  ])("may not hold %s", (_, value) => {
    expect(isKeys(value)).toBe(false);
  });
});

describe("the secret of reader tokens", () => {
  const token = {
    id: "token_1",
    name: "crm",
    hash: "0".repeat(64),
    scopes: ["registrations:read"],
    createdAt: "2026-11-20T00:00:00Z",
  };

  it("holds hashes and scopes", () => {
    expect(isTokens({ tokens: [token] })).toBe(true);
  });

  it.each([
    ["a token in clear", { hash: "dnr_secret" }],
    ["an unknown scope", { scopes: ["everything"] }],
  ])("may not hold %s", (_, changes) => {
    expect(isTokens({ tokens: [{ ...token, ...changes }] })).toBe(false);
  });
});
