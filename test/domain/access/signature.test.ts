import { Webhook } from "standardwebhooks";
import { describe, expect, it, vi } from "vitest";
import { matchesSignature } from "../../../lambda/adapters/matches-signature.ts";
import type { BridgeKey } from "../../../lambda/domain/access/bridge-key.ts";
import { verifySignature } from "../../../lambda/domain/access/signature.ts";
import { createAuthenticateBridge } from "../../../lambda/use-cases/ingest/authenticate-bridge.ts";
import { bridgeKey } from "../../support/build-event.ts";

const now = 1_795_143_480;
const other = bridgeKey({ id: "key_2", name: "bridge-b", key: `whsec_${btoa("x".repeat(32))}` });
const body = new TextEncoder().encode('{"Event":"EventRegistered", "ThisDN":"ä"}');

const sign = (key: BridgeKey, timestamp = now, id = "msg_1") => ({
  id,
  timestamp: String(timestamp),
  // The reference implementation of Standard Webhooks signs, ours verifies.
  signature: new Webhook(key.key).sign(id, new Date(timestamp * 1000), Buffer.from(body)),
});
const verify = (headers: ReturnType<typeof sign>, keys = [bridgeKey(), other]) =>
  verifySignature(headers, body, keys, now, matchesSignature);

describe("verifySignature", () => {
  it("names the key that matches", () => {
    expect(verify(sign(bridgeKey()))).toMatchObject({
      kind: "verified",
      key: { name: "bridge-a" },
    });
    expect(verify(sign(other))).toMatchObject({ kind: "verified", key: { name: "bridge-b" } });
  });

  it("accepts one of several signatures", () => {
    const { signature, ...rest } = sign(bridgeKey());
    expect(verify({ ...rest, signature: `v1a,AAAA v1,AAAA ${signature}` }).kind).toBe("verified");
  });

  it("checks the first 8 of several signatures", () => {
    const { signature, ...rest } = sign(bridgeKey());
    const behind = (count: number) => `${"v1,AAAA ".repeat(count)}${signature}`;
    expect(verify({ ...rest, signature: behind(7) }).kind).toBe("verified");
    expect(verify({ ...rest, signature: behind(8) }).kind).toBe("wrong");
  });

  it("accepts each of several keys of one bridge", () => {
    const newer = bridgeKey({ id: "key_3", key: `whsec_${btoa("y".repeat(32))}` });
    expect(verify(sign(newer), [bridgeKey(), newer])).toMatchObject({ key: { id: "key_3" } });
    expect(verify(sign(bridgeKey()), [bridgeKey(), newer]).kind).toBe("verified");
  });

  it.each([-300, 300])("accepts a timestamp %i seconds off", (off) => {
    expect(verify(sign(bridgeKey(), now + off)).kind).toBe("verified");
  });

  it.each([-301, 301])("calls one %i seconds off stale, and knows whose clock it is", (off) => {
    expect(verify(sign(bridgeKey(), now + off))).toMatchObject({
      kind: "stale",
      key: { name: "bridge-a" },
    });
  });

  it("knows no bridge behind a stale signature that matches no key", () => {
    expect(verify(sign(bridgeKey(), now - 900), [other])).toMatchObject({
      kind: "stale",
      key: undefined,
    });
  });

  it.each([
    ["another body's", { signature: "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }],
    ["another version's", { signature: sign(bridgeKey()).signature.replace("v1,", "v2,") }],
    ["none in the header", { signature: "nonsense" }],
    ["another id's", { id: "msg_2" }],
    ["an id with a dot", { id: "msg.1" }],
    ["a timestamp that is not a number", { timestamp: "now" }],
  ])("calls %s wrong", (_, changes) => {
    expect(verify({ ...sign(bridgeKey()), ...changes }).kind).toBe("wrong");
  });

  it.each([`x${now}`, `${now}x`, `${now}.5`, "1e9", "1".repeat(13), " "])(
    "does not accept %j as a timestamp, even if it is signed",
    (timestamp) => {
      const headers = { ...sign(bridgeKey()), timestamp };
      expect(verifySignature(headers, body, [bridgeKey()], now, () => true).kind).toBe("wrong");
    },
  );

  it.each(["id", "timestamp", "signature"])("misses %s", (name) => {
    expect(verify({ ...sign(bridgeKey()), [name]: "" }).kind).toBe("missing");
  });
});

describe("authenticateBridge", () => {
  const authenticateWith = (...answers: readonly BridgeKey[][]) => {
    const readBridgeKeys = vi.fn(async ({ reload }: { reload: boolean }) =>
      reload ? (answers.at(-1) ?? []) : (answers[0] ?? []),
    );
    const fits = vi.fn(matchesSignature);
    const authenticate = createAuthenticateBridge({ readBridgeKeys, fits, now: () => now });
    return { authenticate, readBridgeKeys, fits };
  };

  it("reads the keys again when none matches: the key may be new", async () => {
    const { authenticate } = authenticateWith([other], [other, bridgeKey()]);
    expect((await authenticate(sign(bridgeKey()), body)).kind).toBe("verified");
  });

  it("answers wrong when there is nothing newer", async () => {
    const { authenticate, readBridgeKeys, fits } = authenticateWith([other]);
    expect((await authenticate(sign(bridgeKey()), body)).kind).toBe("wrong");
    expect(readBridgeKeys.mock.calls).toEqual([[{ reload: false }], [{ reload: true }]]);
    expect(fits).toHaveBeenCalledTimes(1);
  });

  it("does not read again for a stale request", async () => {
    const { authenticate, readBridgeKeys } = authenticateWith([other]);
    await authenticate(sign(bridgeKey(), now - 900), body);
    expect(readBridgeKeys).toHaveBeenCalledTimes(1);
  });
});
