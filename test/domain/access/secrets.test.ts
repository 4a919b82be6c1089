import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { BridgeKeysSchema, mayName } from "../../../lambda/domain/access/bridge-key.ts";
import { ReaderTokensSchema } from "../../../lambda/domain/access/reader-token.ts";
import { bridgeKey } from "../../support/build-event.ts";

const isKeys = (value: unknown) => v.safeParse(BridgeKeysSchema, JSON.stringify(value)).success;
const names = (count: number) => Array.from({ length: count }, (_, index) => `S${index}`);
const isTokens = (value: unknown) => v.safeParse(ReaderTokensSchema, JSON.stringify(value)).success;

describe("the secret of bridge keys", () => {
  it.each([
    ["no key", { keys: [] }],
    ["several of one bridge", { keys: [bridgeKey(), bridgeKey({ id: "key_2", serverName: "S" })] }],
    ["a key that may name every server", { keys: [bridgeKey({ servers: ["*"] })] }],
    ["a key with a hundred servers", { keys: [bridgeKey({ servers: names(100) })] }],
    ["a bound name outside the list", { keys: [bridgeKey({ serverName: "A", servers: ["B"] })] }],
    ["32 keys", { keys: Array.from({ length: 32 }, () => bridgeKey()) }],
  ])("may hold %s", (_, value) => {
    expect(isKeys(value)).toBe(true);
  });

  it.each([
    ["33 keys", { keys: Array.from({ length: 33 }, () => bridgeKey()) }],
    ["a key without whsec_", { keys: [bridgeKey({ key: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" })] }],
    ["a short key", { keys: [bridgeKey({ key: "whsec_AAAA" })] }],
    ["a name that cannot be the key of an item", { keys: [bridgeKey({ name: "__proto__" })] }],
    ["more servers than a key may have", { keys: [bridgeKey({ servers: names(101) })] }],
    ["a server without a name", { keys: [bridgeKey({ servers: [""] })] }],
    ["a server's name with a tab", { keys: [bridgeKey({ servers: ["\tnames"] })] }],
    ["a name of JavaScript's own", { keys: [bridgeKey({ name: "constructor" })] }],
    ["another name of JavaScript's own", { keys: [bridgeKey({ name: "prototype" })] }],
    ["something else", []],
  ])("may not hold %s", (_, value) => {
    expect(isKeys(value)).toBe(false);
  });
});

describe("what a key may name", () => {
  it.each<[string, string[] | undefined, boolean]>([
    ["everything, where it is older than lists", undefined, true],
    ["everything with * alone", ["*"], true],
    ["a server of its list", ["A", "SIPTS750"], true],
    ["no other server", ["A", "SIPTS75"], false],
    ["nothing with an empty list", [], false],
    ["a server called * where that is not alone", ["*", "A"], false],
  ])("is %s", (_, servers, expected) => {
    expect(mayName(bridgeKey({ servers }), "SIPTS750")).toBe(expected);
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
