import { inspect } from "node:util";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { createCachedSecret } from "../../lambda/adapters/cached-secret.ts";
import { BridgeKeysSchema } from "../../lambda/domain/access/bridge-key.ts";
import { type AwsAnswer, awsError, startAwsServer } from "../support/aws-server.ts";

const newest = { reload: true };
const usual = { reload: false };
const secretOf = (SecretString: string): AwsAnswer => ({ body: { Name: "keys", SecretString } });

/** A cache whose secret is "0", "1", … by the call, and a clock that the test moves. */
const startCache = async (
  answer: (before: number) => AwsAnswer = (before) => secretOf(String(before)),
) => {
  const { requests, config } = await startAwsServer((_, before) => answer(before));
  const clock = { now: 1_000_000 };
  const readSecret = createCachedSecret(
    new SecretsManagerClient(config),
    "stage/keys",
    (text) => ({ text: v.parse(v.string(), text) }),
    () => clock.now,
  );
  return { requests, clock, readSecret };
};

describe("a cached secret", () => {
  it("is read by its name, once, and returned parsed", async () => {
    const { requests, readSecret } = await startCache();
    const first = await readSecret(usual);
    expect(first).toEqual({ text: "0" });
    expect(await readSecret(usual)).toBe(first);
    expect(requests).toEqual([{ action: "GetSecretValue", body: '{"SecretId":"stage/keys"}' }]);
  });

  it("is read again when it is 25 seconds old", async () => {
    const { clock, readSecret } = await startCache();
    await readSecret(usual);
    clock.now += 24_999;
    expect(await readSecret(usual)).toEqual({ text: "0" });
    clock.now += 1;
    expect(await readSecret(usual)).toEqual({ text: "1" });
  });

  it("is read again on demand, but not within 10 seconds, however often a caller asks", async () => {
    const { requests, clock, readSecret } = await startCache();
    const first = await readSecret(usual);
    clock.now += 9_999;
    for (let times = 0; times < 20; times += 1) expect(await readSecret(newest)).toBe(first);
    clock.now += 1;
    expect(await readSecret(newest)).toEqual({ text: "1" });
    expect(await readSecret(newest)).toEqual({ text: "1" });
    expect(requests).toHaveLength(2);
  });

  it("is read once for all callers that ask at once", async () => {
    const { requests, readSecret } = await startCache();
    const readers = Array.from({ length: 10 }, (_, index) => readSecret({ reload: index > 5 }));
    expect(new Set(await Promise.all(readers)).size).toBe(1);
    expect(requests).toHaveLength(1);
  });

  it("stays valid until it is 25 seconds old when a newer one cannot be read", async () => {
    const { requests, clock, readSecret } = await startCache((before) =>
      before === 0 ? secretOf("0") : awsError("ResourceNotFoundException"),
    );
    await readSecret(usual);
    clock.now += 12_000;
    for (let times = 0; times < 20; times += 1) {
      expect(await readSecret(newest)).toEqual({ text: "0" });
    }
    expect(requests).toHaveLength(2);
    expect(await readSecret(usual)).toEqual({ text: "0" });
    clock.now += 13_000;
    await expect(readSecret(usual)).rejects.toThrow();
  });

  it("is tried again by the next reader after a failure", async () => {
    const { readSecret } = await startCache((before) =>
      before === 0 ? awsError("InternalServiceError", 500) : secretOf("good"),
    );
    const failing = [readSecret(usual), readSecret(usual)];
    for (const one of failing) await expect(one).rejects.toThrow("The message of AWS");
    expect(await readSecret(usual)).toEqual({ text: "good" });
  });

  it("fails, and is tried again, when it cannot be parsed", async () => {
    const { readSecret } = await startCache((before) =>
      before === 0 ? { body: { Name: "keys" } } : secretOf("good"),
    );
    await expect(readSecret(usual)).rejects.toThrow("the secret stage/keys does not have its form");
    expect(await readSecret(usual)).toEqual({ text: "good" });
  });

  it("is not repeated by the error when it cannot be parsed", async () => {
    const { config } = await startAwsServer(() => secretOf("{whsec_SECRET"));
    const client = new SecretsManagerClient(config);
    const parse = (text: string | undefined): unknown => v.parse(BridgeKeysSchema, text);
    const error: unknown = await createCachedSecret(
      client,
      "keys",
      parse,
      Date.now,
    )(usual).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: 20 })).not.toContain("SECRET");
  });

  it("does not forget a newer value when an older call fails late", async () => {
    const { clock, readSecret } = await startCache((before) =>
      before === 0 ? awsError("InternalServiceError", 500) : secretOf(String(before)),
    );
    const late = readSecret(usual);
    clock.now += 25_000;
    const next = readSecret(usual);
    await expect(late).rejects.toThrow();
    const value = await next;
    expect(await readSecret(usual)).toBe(value);
  });
});
