import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { createReadLiveKeys } from "../../lambda/adapters/read-live-keys.ts";
import { type AwsAnswer, awsError, startAwsServer } from "../support/aws-server.ts";
import { bridgeKey } from "../support/build-event.ts";

const usual = { reload: false };
const newest = { reload: true };

/** The reader of live keys before a store that answers so, by the number of calls before. */
const startReader = async (answer: (before: number) => AwsAnswer) => {
  const { requests, config } = await startAwsServer((_, before) => answer(before));
  const clock = { now: 1_000_000 };
  const lines: unknown[] = [];
  const readLiveKeys = createReadLiveKeys(
    new SecretsManagerClient(config),
    "stage/bridge-keys",
    (...line) => lines.push(line),
    () => clock.now,
  );
  return { requests, clock, lines, readLiveKeys };
};
const secretOf = (...ids: string[]): AwsAnswer => ({
  body: {
    Name: "keys",
    SecretString: JSON.stringify({ keys: ids.map((id) => bridgeKey({ id })) }),
  },
});

describe("the live keys in the secret", () => {
  it("are read without the keys themselves", async () => {
    const { readLiveKeys } = await startReader(() => secretOf("key_1", "key_2"));
    expect(await readLiveKeys(usual)).toEqual({
      ids: new Set(["key_1", "key_2"]),
      applications: new Set(["bridge-a"]),
      readAt: 998_000_000,
    });
  });

  it("are read from a cache, and again whenever the scheduled run asks", async () => {
    const { requests, clock, readLiveKeys } = await startReader((before) =>
      before === 0 ? secretOf("key_1", "key_2") : secretOf("key_2"),
    );
    await readLiveKeys(usual);
    clock.now += 1;
    expect((await readLiveKeys(usual))?.ids.size).toBe(2);
    expect((await readLiveKeys(newest))?.ids.size).toBe(1);
    expect(requests).toHaveLength(2);
  });

  it("are not known where the secret cannot be read: evaluation goes on, and asks again later", async () => {
    const { requests, clock, lines, readLiveKeys } = await startReader((before) =>
      before === 0 ? awsError("ResourceNotFoundException") : secretOf("key_1"),
    );
    expect(await readLiveKeys(newest)).toBeUndefined();
    clock.now += 9_999;
    expect(await readLiveKeys(newest)).toBeUndefined();
    expect(requests).toHaveLength(1);
    expect(lines).toEqual([
      [
        "error",
        "the live keys cannot be read: what keys revoked since said still counts",
        { error: expect.any(Error) },
      ],
    ]);
    clock.now += 1;
    expect((await readLiveKeys(usual))?.ids).toEqual(new Set(["key_1"]));
  });

  it("are those that were read last where the secret cannot be read any more: what was revoked stays so", async () => {
    const { clock, readLiveKeys } = await startReader((before) =>
      before === 0 ? secretOf("key_1") : awsError("ResourceNotFoundException"),
    );
    const first = await readLiveKeys(newest);
    clock.now += 26_000;
    expect(await readLiveKeys(newest)).toEqual(first);
    clock.now += 5_000;
    expect(await readLiveKeys(usual)).toEqual(first);
  });

  it("are not known where there is no secret to read yet", async () => {
    const client = new SecretsManagerClient({});
    const readLiveKeys = createReadLiveKeys(client, undefined, () => {}, Date.now);
    expect(await readLiveKeys(newest)).toBeUndefined();
  });
});
